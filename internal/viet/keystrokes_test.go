package viet

import (
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"
)

func TestTyped(t *testing.T) {
	for _, row := range table(t, "keystrokes.txt") {
		got, ok := Typed(row[0])
		if !ok {
			got = "-"
		}
		if got != row[1] {
			t.Errorf("%q: got %q, want %q", row[0], got, row[1])
		}
	}
}

// passage has syllables of every kind: onsets, rimes and tones.
const passage = `Hòa giải viên hướng dẫn, giúp đỡ các bên đạt được thỏa thuận, tự nguyện giải quyết mâu thuẫn, tranh chấp,
vi phạm pháp luật; bảo đảm phù hợp với đường lối của Đảng, đạo đức xã hội, phong tục, tập quán tốt đẹp; phát huy tinh thần
đoàn kết, tương trợ giữa gia đình, dòng họ và cộng đồng dân cư; quan tâm đến quyền, lợi ích hợp pháp của trẻ em, phụ nữ,
người khuyết tật, người cao tuổi. Ủy ban, khoản, điểm, nghĩa vụ, giếng, thuở, khuỷu, huỳnh, khuya, hoặc, ngoằn ngoèo,
loắt choắt, nguệch ngoạc, huênh hoang, yểng, yếm, ý kiến, rượu, hưu trí, quấy, quốc, quýt, xuất, khuấy, ghế, nghiêng, kỹ.`

// TestTypedIsComplete types every syllable of the passage in both ways.
func TestTypedIsComplete(t *testing.T) {
	telex := strings.NewReplacer("đ", "dd", "ă", "aw", "â", "aa", "ê", "ee", "ô", "oo", "ơ", "ow", "ư", "uw")
	vni := strings.NewReplacer("đ", "d9", "ă", "a8", "â", "a6", "ê", "e6", "ô", "o6", "ơ", "o7", "ư", "u7")
	telexTones, vniTones := strings.Split(" s f r x j", " "), strings.Split(" 1 2 3 4 5", " ")
	for _, tok := range NewScanner().Scan(nil, passage) {
		want := tok.Term
		if Fold(want) == want {
			continue // holds no key
		}
		tone := 0
		bare := norm.NFC.String(strings.Map(func(r rune) rune {
			if i := strings.IndexRune("\u0301\u0300\u0309\u0303\u0323", r); i >= 0 {
				tone = i/2 + 1 // each mark has two bytes
				return -1
			}
			return r
		}, norm.NFD.String(want)))
		for _, typed := range []string{telex.Replace(bare) + telexTones[tone], vni.Replace(bare) + vniTones[tone]} {
			if got, ok := Typed(typed); got != want || !ok {
				t.Errorf("%q: got %q, want %q", typed, got, want)
			}
		}
	}
}

func FuzzTyped(f *testing.F) {
	for _, s := range []string{"hoaf", "D9A61T", "nguowif", "at9", "quy1", "hoafz", "w", "İs", "2013", "\xffas"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got, ok := Typed(s)
		if ok != (got != "") || Key(got) != got {
			t.Errorf("Typed(%q) = %q, %v, whose key is %q", s, got, ok, Key(got))
		}
		if again, ok := Typed(got); ok {
			t.Errorf("Typed(%q) = %q, which has keys again: %q", s, got, again)
		}
	})
}
