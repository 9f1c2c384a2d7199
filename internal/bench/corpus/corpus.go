// Package corpus writes synthetic Vietnamese portals of any size, for
// benchmarks.
//
// The same arguments always write the same bytes. The text is nonsense with
// realistic statistics: topic words that occur together, Zipf-distributed rare
// syllables, headings, lists, tables, quotations, links between pages and legal
// citations; in the measures that matter for an index (distinct syllables and
// pairs a page) it is close to the text of Vietnamese laws.
package corpus

import (
	_ "embed"
	"fmt"
	"math"
	"math/rand"
	"os"
	"path/filepath"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

//go:embed lexicon.txt
var lexicon string

// meanSyllables is the mean length of a page; lengths are log-normal.
const meanSyllables = 500

type generator struct {
	rng    *rand.Rand
	topics map[string][]string
	names  []string // topic names, without "chung" and "nối"
	rare   []string
	zipf   *rand.Zipf
}

// Write writes a content folder with the given number of pages.
func Write(dir string, pages int, seed int64) error {
	rng := rand.New(rand.NewSource(seed))
	g := &generator{rng: rng, topics: map[string][]string{}}
	topic := ""
	for line := range strings.Lines(lexicon) {
		line = strings.TrimSpace(line)
		switch {
		case line == "" || line[0] == '#':
		case line[0] == '[':
			topic = strings.Trim(line, "[]")
			if topic != "chung" && topic != "nối" {
				g.names = append(g.names, topic)
			}
		default:
			g.topics[topic] = append(g.topics[topic], line)
		}
	}
	g.rare = syllables()
	rng.Shuffle(len(g.rare), func(i, j int) { g.rare[i], g.rare[j] = g.rare[j], g.rare[i] })
	g.zipf = rand.NewZipf(rng, 1.1, 8, uint64(len(g.rare)-1))
	return g.write(dir, pages)
}

// write writes the sections, then page after page.
func (g *generator) write(out string, pages int) error {
	start := time.Date(2015, 1, 5, 7, 30, 0, 0, time.FixedZone("+07", 7*3600))
	var prev string
	for _, dir := range []struct{ path, title string }{{"bai-hoc", "Bài học"}, {"pho-bien", "Phổ biến pháp luật"}, {"ke-hoach", "Kế hoạch"}, {"hoi-dap", "Hỏi đáp"}} {
		if err := save(filepath.Join(out, dir.path, "_index.md"), "---\ntitle: "+dir.title+"\n---\n"); err != nil {
			return err
		}
	}
	for i := 0; i < pages; i++ {
		topic := g.names[g.rng.Intn(len(g.names))]
		date := start.Add(time.Duration(i) * 97 * time.Minute * time.Duration(1+3000000/(pages+1)/100))
		title := g.title(topic)
		var path, extra string
		switch r := g.rng.Intn(10); {
		case r < 2:
			course := i / 80
			path = fmt.Sprintf("bai-hoc/khoa-%04d/bai-%06d.md", course, i)
			extra = fmt.Sprintf("order: %d\n", i%80+1)
			index := filepath.Join(out, "bai-hoc", fmt.Sprintf("khoa-%04d", course), "_index.md")
			if _, err := os.Stat(index); err != nil {
				if err := save(index, fmt.Sprintf("---\ntitle: \"Khóa %d: %s\"\n---\n%s\n", course, g.title(topic), g.paragraph(topic))); err != nil {
					return err
				}
			}
		case r < 8:
			path = fmt.Sprintf("pho-bien/%d/bai-viet-%06d.md", date.Year(), i)
		case r < 9:
			path = fmt.Sprintf("ke-hoach/%d/ke-hoach-%06d.md", date.Year(), i)
			extra = fmt.Sprintf("number: \"%d/KH-UBND\"\nissuer: \"UBND tỉnh\"\n", 1+i%5000)
		default:
			path = fmt.Sprintf("hoi-dap/cau-hoi-%06d.md", i)
		}
		var b strings.Builder
		fmt.Fprintf(&b, "---\ntitle: %q\ndate: %s\nauthor: %q\nsummary: %q\ntags: [%q, %q]\n%s---\n\n",
			title, date.Format(time.RFC3339), "Ban biên tập", g.sentence(topic), topic, g.names[g.rng.Intn(len(g.names))], extra)
		g.body(&b, topic, path, prev)
		if err := save(filepath.Join(out, path), b.String()); err != nil {
			return err
		}
		prev = path
	}
	return nil
}

// syllables builds every onset + rime + tone; the tone goes on the rime's vowel in upper case.
func syllables() []string {
	onsets := strings.Fields("b c ch d đ g gi h kh l m n ng nh ph qu r s t th tr v x")
	rimes := strings.Fields("A Am An Ang Anh Ao Au Ăm Ăn Ăng Âm Ân Âng Âu Em En Eng Eo Ê Êm Ên Ênh Êu Iêm Iên Iêng Iêu Im In Inh O Oi Om On Ong Ô Ôi Ôm Ôn Ông Ơ Ơi Ơm Ơn Uôi Uôn Uông Ươi Ươm Ươn Ương Um Un Ung Ư Ưng")
	tones := map[rune]string{'A': "aàáảãạ", 'Ă': "ăằắẳẵặ", 'Â': "âầấẩẫậ", 'E': "eèéẻẽẹ", 'Ê': "êềếểễệ", 'I': "iìíỉĩị",
		'O': "oòóỏõọ", 'Ô': "ôồốổỗộ", 'Ơ': "ơờớởỡợ", 'U': "uùúủũụ", 'Ư': "ưừứửữự"}
	var all []string
	for _, onset := range onsets {
		for _, rime := range rimes {
			main := strings.IndexFunc(rime, unicode.IsUpper)
			if r, next := decode(rime[main:]); next != "" { // "iê", "uô", "ươ": the second vowel carries the tone
				if strings.ContainsRune("IUƯ", r) && strings.ContainsAny(next[:min(2, len(next))], "êôơ") {
					r2, rest := decode(next)
					rime = strings.ToLower(string(r)) + string(unicode.ToUpper(r2)) + rest
				}
			}
			for _, toned := range spell(rime, tones) {
				all = append(all, onset+toned)
			}
		}
	}
	return all
}

func spell(rime string, tones map[rune]string) []string {
	var out []string
	for i, r := range rime {
		if forms, ok := tones[r]; ok {
			for _, form := range forms {
				out = append(out, rime[:i]+string(form)+rime[i+utf8.RuneLen(r):])
			}
			return out
		}
	}
	return []string{rime}
}

func decode(s string) (rune, string) {
	r, n := utf8.DecodeRuneInString(s)
	return r, s[n:]
}

func save(path, text string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	return os.WriteFile(path, []byte(text), 0o644)
}

func (g *generator) body(b *strings.Builder, topic, path, prev string) {
	want := int(meanSyllables * math.Exp(g.rng.NormFloat64()*0.5-0.125))
	count := func() int { return strings.Count(b.String(), " ") }
	for n := 0; count() < want || n == 0; n++ {
		if n > 0 && n%3 == 0 {
			fmt.Fprintf(b, "## %s\n\n", g.title(topic))
		}
		switch g.rng.Intn(12) {
		case 0:
			for range 3 + g.rng.Intn(4) {
				fmt.Fprintf(b, "- %s\n", g.sentence(topic))
			}
			b.WriteString("\n")
		case 1:
			for i := range 3 + g.rng.Intn(3) {
				fmt.Fprintf(b, "%d. %s\n", i+1, g.sentence(topic))
			}
			b.WriteString("\n")
		case 2:
			fmt.Fprintf(b, "> %s\n\n", g.paragraph(topic))
		case 3:
			b.WriteString("| Nội dung | Đơn vị chủ trì | Thời gian |\n|---|---|---|\n")
			for range 3 {
				fmt.Fprintf(b, "| %s | %s | Quý %d/%d |\n", g.phrase(topic), g.phrase("kế hoạch"), 1+g.rng.Intn(4), 2019+g.rng.Intn(8))
			}
			b.WriteString("\n")
		case 4:
			fmt.Fprintf(b, "%s Theo khoản %d Điều %d Luật số %d/%d/QH%d, %s\n\n", g.paragraph(topic),
				1+g.rng.Intn(5), 1+g.rng.Intn(120), 10+g.rng.Intn(90), 2010+g.rng.Intn(15), 12+g.rng.Intn(4), lower(g.sentence(topic)))
		case 5:
			if prev != "" {
				rel, _ := filepath.Rel(filepath.Dir(path), prev)
				fmt.Fprintf(b, "%s Xem thêm [%s](%s).\n\n", g.paragraph(topic), g.phrase(topic), filepath.ToSlash(rel))
				continue
			}
			fallthrough
		default:
			fmt.Fprintf(b, "%s **%s** %s\n\n", g.paragraph(topic), g.phrase(topic), lower(g.paragraph(topic)))
		}
	}
}

func (g *generator) word(topic string) string {
	switch r := g.rng.Intn(100); {
	case r < 38:
		return pick(g.rng, g.topics["nối"])
	case r < 60:
		return pick(g.rng, g.topics[topic])
	case r < 80:
		return pick(g.rng, g.topics["chung"])
	default:
		return g.rare[g.zipf.Uint64()]
	}
}

// pick favours the head of the list, as real vocabularies do.
func pick(rng *rand.Rand, list []string) string {
	f := rng.Float64()
	return list[int(f*f*float64(len(list)))]
}

func (g *generator) phrase(topic string) string {
	return upper(pick(g.rng, g.topics[topic]) + " " + pick(g.rng, g.topics["chung"]))
}

func (g *generator) title(topic string) string {
	return upper(pick(g.rng, g.topics[topic]) + " " + pick(g.rng, g.topics["nối"]) + " " + pick(g.rng, g.topics["chung"]) + " " + g.rare[g.zipf.Uint64()] + " " + pick(g.rng, g.topics[topic]))
}

func (g *generator) sentence(topic string) string {
	n := 6 + g.rng.Intn(14)
	words := make([]string, n)
	for i := range words {
		words[i] = g.word(topic)
	}
	return upper(strings.Join(words, " ")) + "."
}

func (g *generator) paragraph(topic string) string {
	n := 1 + g.rng.Intn(4)
	s := make([]string, n)
	for i := range s {
		s[i] = g.sentence(topic)
	}
	return strings.Join(s, " ")
}

func upper(s string) string {
	r, rest := decode(s)
	return string(unicode.ToUpper(r)) + rest
}

func lower(s string) string {
	r, rest := decode(s)
	return string(unicode.ToLower(r)) + rest
}
