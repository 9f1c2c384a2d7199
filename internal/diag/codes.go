package diag

// Code names one kind of finding. Codes are stable: tools and editors' notes
// refer to them.
type Code string

// The codes, in the order in which Explanations lists them.
const (
	BadEncoding      Code = "bad-encoding"
	UnreadableFile   Code = "unreadable-file"
	TooLarge         Code = "too-large"
	FrontMatter      Code = "front-matter"
	YAMLSyntax       Code = "yaml-syntax"
	UnknownKey       Code = "unknown-key"
	DuplicateKey     Code = "duplicate-key"
	WrongType        Code = "wrong-type"
	BadDate          Code = "bad-date"
	BadValue         Code = "bad-value"
	MissingTitle     Code = "missing-title"
	BadAddress       Code = "bad-address"
	DuplicateAddress Code = "duplicate-address"
	DuplicateID      Code = "duplicate-id"
	UnknownID        Code = "unknown-id"
	AliasOverPage    Code = "alias-over-page"
	BrokenLink       Code = "broken-link"
	MissingAnchor    Code = "missing-anchor"
	MissingFile      Code = "missing-file"
	UnsafeLink       Code = "unsafe-link"
	ThemeError       Code = "theme"
	PageFailure      Code = "page-failure"

	LinkToHidden    Code = "link-to-hidden"
	MissingAlt      Code = "missing-alt"
	RawHTML         Code = "raw-html"
	HeadingLevel    Code = "heading-level"
	UntitledSection Code = "untitled-section"
	TagSpelling     Code = "tag-spelling"
	UnusedFile      Code = "unused-file"
	NoBaseURL       Code = "no-base-url"
	GoneAddress     Code = "gone-address"
	EmptyPage       Code = "empty-page"
	DateOrder       Code = "date-order"
)

// Explanation says what a code means and what to do about it.
type Explanation struct {
	Code  Code
	Grade Grade
	Text  string
}

var explanations = []Explanation{
	{BadEncoding, Fault, "Tệp không phải văn bản UTF-8 hoặc có ký tự điều khiển NUL. Trong Notepad: chọn “Lưu thành”, ô “Mã hóa” chọn UTF-8."},
	{UnreadableFile, Fault, "Không đọc được tệp hoặc thư mục: thiếu quyền, tệp đang bị chương trình khác giữ, hoặc là liên kết tượng trưng (không được đi theo)."},
	{TooLarge, Fault, "Phần khai báo đầu trang lớn hơn 64 KB hoặc trang lớn hơn 1 MiB. Hãy chia trang thành nhiều trang nhỏ."},
	{FrontMatter, Fault, "Phần khai báo đầu trang phải bắt đầu bằng một dòng --- ở ngay đầu tệp và kết thúc bằng một dòng --- khác, cả hai viết sát lề trái."},
	{YAMLSyntax, Fault, "Phần khai báo không đúng cú pháp YAML. Lỗi thường gặp: dùng phím Tab để thụt lề, thiếu dấu cách sau dấu hai chấm, giá trị có dấu hai chấm mà không đặt trong ngoặc kép."},
	{UnknownKey, Fault, "Khóa này không có trong danh sách khóa của loại trang. Thường là gõ nhầm; lời gợi ý nêu khóa gần nhất."},
	{DuplicateKey, Fault, "Một khóa được viết hai lần trong cùng một khối. Giữ lại một dòng."},
	{WrongType, Fault, "Giá trị không đúng kiểu: cần số mà ghi chữ, cần danh sách mà ghi một khối, v.v."},
	{BadDate, Fault, "Ngày phải viết theo dạng 2021-04-07, 2021-04-07 10:24 hoặc RFC 3339 (2021-04-07T10:24:00+07:00) và phải có thật trên lịch."},
	{BadValue, Fault, "Giá trị không nằm trong các giá trị cho phép, ví dụ tình trạng hiệu lực của văn bản."},
	{MissingTitle, Fault, "Mỗi trang phải có title."},
	{BadAddress, Fault, "Không tạo được địa chỉ từ tên tệp, slug hoặc alias: rỗng, trỏ ra ngoài thư mục, hoặc là tên mà Windows cấm (aux, con, nul…)."},
	{DuplicateAddress, Fault, "Hai nguồn cho ra cùng một địa chỉ (kể cả khi chỉ khác nhau chữ hoa, chữ thường hay cách mã hóa dấu). Đổi tên một tệp hoặc đặt slug khác."},
	{DuplicateID, Fault, "Hai trang khai báo cùng một id. Mỗi id chỉ dùng cho một trang."},
	{UnknownID, Fault, "Một trang nhắc tới id mà không trang nào có, ví dụ trong prerequisites."},
	{AliasOverPage, Fault, "Một alias hoặc lệnh chuyển hướng trùng với địa chỉ của một trang đang có."},
	{BrokenLink, Fault, "Liên kết trỏ tới một tệp không có trong thư mục nội dung."},
	{MissingAnchor, Fault, "Phần sau dấu # của liên kết không phải mã của đề mục nào trong trang đích."},
	{MissingFile, Fault, "Hình ảnh, âm thanh hoặc tệp đính kèm được nhắc đến nhưng không có."},
	{UnsafeLink, Fault, "Liên kết dùng giao thức không an toàn. Chỉ dùng http, https, mailto, tel hoặc đường dẫn tương đối."},
	{ThemeError, Fault, "Tệp giao diện (template) có lỗi."},
	{PageFailure, Fault, "Chương trình gặp sự cố khi xử lý trang này. Xin báo cho nhóm phát triển kèm theo tệp."},

	{LinkToHidden, Notice, "Liên kết trỏ tới một trang đang được giữ lại (nháp, chưa đến ngày đăng hoặc đã hết hạn). Chữ vẫn hiện nhưng không bấm được."},
	{MissingAlt, Notice, "Hình ảnh chưa có lời mô tả cho người không nhìn thấy hình. Viết mô tả trong ngoặc vuông: ![mô tả](hinh.png)."},
	{RawHTML, Notice, "Thẻ HTML không được thực hiện mà hiện ra nguyên văn như chữ."},
	{HeadingLevel, Notice, "Đề mục nhảy cấp (ví dụ từ ## xuống ####) hoặc dùng cấp 1 (#), vốn dành cho tiêu đề trang."},
	{UntitledSection, Notice, "Thư mục chưa có _index.md nên tên chuyên mục được lấy từ tên thư mục."},
	{TagSpelling, Notice, "Một thẻ được viết theo nhiều cách. Các cách viết được gộp làm một; nên viết thống nhất."},
	{UnusedFile, Notice, "Tệp nằm trong thư mục nội dung nhưng không trang nào dùng nên không được đưa lên cổng."},
	{NoBaseURL, Notice, "Chưa có base_url nên không tạo sơ đồ trang (sitemap), nguồn tin (feed) và địa chỉ chính thức (canonical)."},
	{GoneAddress, Notice, "Một địa chỉ của lần xuất trước không còn nữa và không có alias nào dẫn tới trang mới: liên kết cũ của người đọc sẽ hỏng."},
	{EmptyPage, Notice, "Trang chỉ có tiêu đề, chưa có nội dung."},
	{DateOrder, Notice, "Các ngày trái thứ tự, ví dụ ngày cập nhật trước ngày đăng."},
}

var grades = func() map[Code]Grade {
	m := make(map[Code]Grade, len(explanations))
	for _, e := range explanations {
		m[e.Code] = e.Grade
	}
	return m
}()

// Grade returns the grade that every finding of this code has.
func (c Code) Grade() Grade {
	g, ok := grades[c]
	if !ok {
		panic("diag: code without an explanation: " + string(c))
	}
	return g
}

// Explanations lists every code, lỗi first.
func Explanations() []Explanation { return explanations }
