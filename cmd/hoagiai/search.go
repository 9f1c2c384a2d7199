package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"hoagiai/internal/rank"
	"hoagiai/internal/search"

	"github.com/spf13/cobra"
)

func newSearch(p *printer) *cobra.Command {
	var out, batch, year string
	var q rank.Query
	var verify bool
	cmd := &cobra.Command{
		Use:   "search [câu hỏi]",
		Short: "Hỏi chỉ mục dựng sẵn của một cổng đã dựng",
		Example: `  hoagiai search hoa giai tranh chap dat dai
  hoagiai search --kind law 35/2013/QH13
  hoagiai search --batch cau-hoi.txt --json`,
		RunE: func(cmd *cobra.Command, args []string) error {
			if verify {
				return verifyIndex(cmd.Context(), p, out)
			}
			if (len(args) == 0) == (batch == "") {
				return misuse{errors.New("viết một câu hỏi, hoặc dùng --batch TỆP")}
			}
			if q.Limit < 1 || q.Limit > rank.MaxLimit || q.Offset < 0 || q.Offset > rank.MaxOffset {
				return misuse{fmt.Errorf("--limit từ 1 đến %d, --offset từ 0 đến %d", rank.MaxLimit, rank.MaxOffset)}
			}
			q.Year = year
			x, closer, err := search.OpenPortal(out)
			if err != nil {
				return err
			}
			if batch != "" {
				err = searchBatch(cmd.Context(), p, x, q, batch, cmd.InOrStdin())
			} else {
				q.Text = strings.Join(args, " ")
				err = searchOne(cmd.Context(), p, x, q)
			}
			return errors.Join(err, closer.Close())
		},
	}
	fl := cmd.Flags()
	fl.StringVar(&out, "out", "public", "thư mục của cổng đã dựng")
	fl.IntVar(&q.Limit, "limit", 10, "số kết quả")
	fl.IntVar(&q.Offset, "offset", 0, "bỏ qua số kết quả đầu")
	fl.StringVar(&q.Kind, "kind", "", "chỉ loại trang này: lesson, article, plan, law, question, case, term, page")
	fl.StringVar(&q.Field, "field", "", "chỉ lĩnh vực này")
	fl.StringVar(&year, "year", "", "chỉ năm này")
	fl.BoolVar(&q.AsIs, "as-is", false, "tìm đúng như đã gõ: không đoán dấu, không đoán phím gõ")
	fl.BoolVar(&q.Why, "explain", false, "cho biết điểm của mỗi kết quả gồm những phần nào")
	fl.StringVar(&batch, "batch", "", "tệp có mỗi dòng một câu hỏi (- là đầu vào chuẩn); mỗi câu luôn có một dòng trả lời")
	fl.BoolVar(&verify, "verify", false, "so hai dạng của chỉ mục với nhau: search.bleve và search")
	fl.BoolVar(&p.json, "json", false, "in mỗi câu trả lời thành một dòng JSON")
	return cmd
}

// verifyIndex compares the two forms of a portal's index.
func verifyIndex(ctx context.Context, p *printer, out string) error {
	v, err := search.Verify(ctx, out)
	if err != nil {
		return err
	}
	if p.json {
		return p.object(map[string]int{"pages": v.Pages, "terms": v.Terms, "postings": v.Postings})
	}
	_, err = fmt.Fprintf(p.out, "hai dạng của chỉ mục giống nhau: %d trang, %d từ và cặp từ, %d chỗ ghi\n", v.Pages, v.Terms, v.Postings)
	return err
}

func searchOne(ctx context.Context, p *printer, x *rank.Index, q rank.Query) error {
	a, err := x.Search(ctx, q)
	if err != nil {
		return err
	}
	return p.answer(a)
}

// searchBatch answers each line of a file with one line; without --json that
// line holds the addresses found.
func searchBatch(ctx context.Context, p *printer, x *rank.Index, q rank.Query, file string, stdin io.Reader) error {
	in := stdin
	if file != "-" {
		f, err := os.Open(file)
		if err != nil {
			return err
		}
		defer f.Close() // only read from
		in = f
	}
	out := bufio.NewWriter(p.out)
	lines := &printer{out: out, err: p.err, json: p.json}
	r := bufio.NewReader(in)
	for {
		line, err := r.ReadString('\n')
		if errors.Is(err, io.EOF) && line == "" {
			return out.Flush()
		}
		if err != nil && !errors.Is(err, io.EOF) {
			return errors.Join(err, out.Flush())
		}
		q.Text = strings.TrimRight(line, "\r\n")
		a, err := x.Search(ctx, q)
		if err != nil {
			return errors.Join(err, out.Flush())
		}
		if err := lines.answerLine(a); err != nil {
			return err
		}
	}
}

// answerLine prints an answer on one line.
func (p *printer) answerLine(a *rank.Answer) error {
	if p.json {
		return p.object(a)
	}
	urls := make([]string, len(a.Hits))
	for i, h := range a.Hits {
		urls[i] = h.URL
	}
	_, err := fmt.Fprintln(p.out, strings.Join(urls, "\t"))
	return err
}
