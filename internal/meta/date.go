package meta

import (
	"fmt"
	"regexp"
	"time"

	"hoagiai/internal/diag"
)

// Date is a day, or a moment when a clock time was written. Its zero value
// means that no date was given.
type Date struct {
	time.Time
	Clock bool // a time of day was written
	Pos   diag.Pos
}

var dateLayouts = []struct {
	layout string
	clock  bool
}{
	{"2006-01-02", false},
	{"2006-01-02 15:04", true},
	{"2006-01-02 15:04:05", true},
	{time.RFC3339, true},
}

// ParseDate reads "2021-04-07", "2021-04-07 10:24" (with seconds if need be) or
// RFC 3339. What has no offset is in the given zone; nil means UTC.
func ParseDate(s string, zone *time.Location) (Date, error) {
	if zone == nil {
		zone = time.UTC
	}
	for _, l := range dateLayouts {
		if t, err := time.ParseInLocation(l.layout, s, zone); err == nil {
			if t.Year() < 1000 {
				return Date{}, fmt.Errorf("year %d is not plausible", t.Year())
			}
			return Date{Time: t.In(zone), Clock: l.clock}, nil
		}
	}
	return Date{}, fmt.Errorf("%q is not a date", s)
}

var dayFirst = regexp.MustCompile(`^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$`)

// guessDate reads the everyday form 7/4/2021 as 2021-04-07.
func guessDate(s string) (string, bool) {
	m := dayFirst.FindStringSubmatch(s)
	if m == nil {
		return "", false
	}
	t, err := time.Parse("2/1/2006", m[1]+"/"+m[2]+"/"+m[3])
	return t.Format(time.DateOnly), err == nil
}
