package page

import (
	"slices"
	"strings"

	"hoagiai/internal/diag"
	"hoagiai/internal/meta"
)

// Unknown is the word for a date of effect that nobody has confirmed.
const Unknown = "chưa rõ"

// LawStatuses are the states a legal document can be in.
var LawStatuses = []string{"chưa có hiệu lực", "còn hiệu lực", "hết hiệu lực một phần", "hết hiệu lực", Unknown}

// fields lists the keys of a page and where their values go. The parts of the
// page that belong to its kind are made here.
func (p *Page) fields() meta.Fields {
	f := meta.Fields{
		"title": &p.Title, "id": &p.ID, "date": &p.Date, "updated": &p.Updated, "author": &p.Author,
		"summary": &p.Summary, "tags": &p.Tags, "field": &p.Field, "image": &p.Image, "image_alt": &p.ImageAlt,
		"attachments": &p.Files, "owner": &p.Owner, "reviewed": &p.Reviewed, "reviewed_by": &p.Reviewer,
		"as_of": &p.AsOf, "layout": &p.Layout, "lang": &p.Lang, "draft": &p.Draft, "publish": &p.Publish,
		"expiry": &p.Expiry, "aliases": &p.Aliases, "slug": &p.Slug,
		"source": meta.OneOrMany(func() meta.Fields {
			s := &Source{}
			p.Sources = append(p.Sources, s)
			return meta.Fields{"title": &s.Title, "url": &s.URL, "author": &s.Author}
		}),
	}
	if p.Index {
		f["kind"], f["menu"] = &p.FolderKind, &p.Menu
		if p.Kind == Lesson {
			p.Course = &CourseKeys{}
			p.Course.fields(f)
		}
		return f
	}
	switch p.Kind {
	case Lesson:
		p.Lesson = &LessonKeys{}
		p.Lesson.fields(f)
	case Article:
		p.Article = &ArticleKeys{}
		f["audio"], f["video"], f["key_points"] = &p.Article.Audio, &p.Article.Video, &p.Article.KeyPoints
	case Plan:
		p.Plan = &PlanKeys{}
		p.Plan.fields(f)
	case Law:
		p.Law = &LawKeys{}
		p.Law.fields(f)
	case Question:
		p.Question = &QuestionKeys{}
		f["asked"], f["answered_by"] = &p.Question.Asked, &p.Question.AnsweredBy
	case Case:
		p.Case = &CaseKeys{}
		f["dispute"], f["provisions"], f["outcome"] = &p.Case.Dispute, &p.Case.Provisions, &p.Case.Outcome
	case Term:
		p.Term = &TermKeys{}
		f["also"], f["definition"] = &p.Term.Also, &p.Term.Definition
	}
	return f
}

func (l *LessonKeys) fields(f meta.Fields) {
	f["order"], f["duration"], f["objectives"] = &l.Order, &l.Duration, &l.Objectives
	f["audience"], f["prerequisites"], f["narration"] = &l.Audience, &l.Prerequisites, &l.Narration
}

func (c *CourseKeys) fields(f meta.Fields) {
	f["hours"], f["objectives"], f["audience"] = &c.Hours, &c.Objectives, &c.Audience
	f["prerequisites"], f["pass_mark"] = &c.Prerequisites, &c.PassMark
}

func (k *PlanKeys) fields(f meta.Fields) {
	f["number"], f["issuer"], f["issued"] = &k.Number, &k.Issuer, &k.Issued
	f["period"] = meta.Fields{"from": &k.From, "to": &k.To}
	f["scheme"], f["status"] = &k.Scheme, &k.Status
	f["targets"] = meta.Records(func() meta.Fields {
		t := &Target{}
		k.Targets = append(k.Targets, t)
		return meta.Fields{"measure": &t.Measure, "unit": &t.Unit, "goal": &t.Goal, "reached": &t.Reached}
	})
	f["tasks"] = meta.Records(func() meta.Fields {
		t := &Task{}
		k.Tasks = append(k.Tasks, t)
		return meta.Fields{"work": &t.Work, "lead": &t.Lead, "partners": &t.Partners,
			"start": &t.Start, "due": &t.Due, "status": &t.Status, "result": &t.Result}
	})
}

func (k *LawKeys) fields(f meta.Fields) {
	f["type"], f["number"], f["issuer"], f["issued"] = &k.Type, &k.Number, &k.Issuer, &k.Issued
	f["effective"], f["ended"], f["status"], f["note"] = &k.Effective, &k.Ended, &k.Status, &k.Note
	f["replaces"], f["replaced_by"] = &k.Replaces, &k.ReplacedBy
	f["amends"], f["amended_by"] = &k.Amends, &k.AmendedBy
	f["guides"], f["guided_by"] = &k.Guides, &k.GuidedBy
	f["official_source"] = &k.OfficialSource
	f["articles"] = meta.Records(func() meta.Fields {
		a := &Provision{}
		k.Provisions = append(k.Provisions, a)
		return meta.Fields{"article": &a.Article, "note": &a.Note, "ended": &a.Ended}
	})
}

// Keys lists the front-matter keys of a kind in alphabetical order; index
// means those of a folder's _index.md.
func Keys(kind Kind, index bool) []string {
	p := &Page{Kind: kind, Index: index}
	var keys []string
	for k := range p.fields() {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// elsewhere tells an editor which kind of page a key does belong to.
func (p *Page) elsewhere(key string) string {
	var kinds []string
	for _, k := range Kinds {
		if k != p.Kind && slices.Contains(Keys(k, false), key) {
			kinds = append(kinds, string(k))
		}
	}
	switch {
	case len(kinds) > 0:
		return "khóa này dùng cho trang loại " + strings.Join(kinds, ", ") + "; trang này thuộc loại " + string(p.Kind)
	case !p.Index && slices.Contains(Keys(p.Kind, true), key):
		return "khóa này chỉ dùng trong _index.md"
	}
	return ""
}

// checker adds findings about values that were decoded; what has no place of
// its own is reported at the top of the file.
type checker struct {
	src *diag.Source
	d   *meta.Decoder
}

func (c checker) add(code diag.Code, at diag.Pos, hint, format string, args ...any) {
	if at.Line == 0 {
		at = c.src.At(0)
	}
	c.d.Findings.Add(code, at, hint, format, args...)
}

// check looks at what single values can't tell.
func (p *Page) check(c checker) {
	if p.Title == "" {
		c.add(diag.MissingTitle, diag.Pos{}, "thêm dòng title: … vào phần khai báo đầu trang", "thiếu tiêu đề (title)")
	}
	if !p.Date.IsZero() && !p.Updated.IsZero() && p.Updated.Before(p.Date.Time) {
		c.add(diag.DateOrder, p.Updated.Pos, "", "ngày cập nhật (updated) trước ngày đăng (date)")
	}
	if !p.Publish.IsZero() && !p.Expiry.IsZero() && !p.Expiry.After(p.Publish.Time) {
		c.add(diag.DateOrder, p.Expiry.Pos, "", "ngày hết hạn (expiry) không sau ngày đăng (publish)")
	}
	if p.Image.Value != "" && p.ImageAlt == "" {
		c.add(diag.MissingAlt, p.Image.Pos, "thêm image_alt: mô tả ngắn những gì thấy trong hình", "hình “%s” chưa có lời mô tả (image_alt)", p.Image.Value)
	}
	if v := p.FolderKind.Value; v != "" && !Kind(v).Known() {
		c.add(diag.BadValue, p.FolderKind.Pos, "dùng một trong: "+kindList(), "không có loại trang “%s”", v)
	}
	if p.Index && p.Slug.Value != "" {
		c.add(diag.BadValue, p.Slug.Pos, "đổi tên thư mục để đổi địa chỉ", "slug không dùng được trong _index.md")
	}
	for _, s := range p.Sources {
		c.webAddress(s.URL, "url")
	}
	if p.Law != nil {
		p.Law.check(c)
	}
}

// webAddress wants http or https: the value becomes a link.
func (c checker) webAddress(t meta.Text, key string) {
	if v := strings.ToLower(t.Value); v != "" && !strings.HasPrefix(v, "https://") && !strings.HasPrefix(v, "http://") {
		c.add(diag.BadValue, t.Pos, "ví dụ: https://vbpl.vn/…", "“%s” phải là địa chỉ bắt đầu bằng https:// hoặc http://", key)
	}
}

func (k *LawKeys) check(c checker) {
	if v := k.Status.Value; v != "" && !slices.Contains(LawStatuses, v) {
		hint := diag.DidYouMean(v, LawStatuses)
		if hint == "" {
			hint = "dùng một trong: " + strings.Join(LawStatuses, ", ") + "; điều khác ghi vào note"
		}
		c.add(diag.BadValue, k.Status.Pos, hint, "tình trạng (status) “%s” không có trong danh mục", v)
	}
	if v := k.Effective.Value; v != "" && v != Unknown {
		date, err := meta.ParseDate(v, c.d.Zone)
		if err != nil {
			c.add(diag.BadDate, k.Effective.Pos, "viết ngày (2014-01-01) hoặc “chưa rõ”", "“%s” ở “effective” không phải là ngày đọc được", v)
		}
		k.EffectiveDate = date
	}
	if !k.Ended.IsZero() && !k.EffectiveDate.IsZero() && k.Ended.Before(k.EffectiveDate.Time) {
		c.add(diag.DateOrder, k.Ended.Pos, "", "ngày hết hiệu lực (ended) trước ngày có hiệu lực (effective)")
	}
	c.webAddress(k.OfficialSource, "official_source")
}
