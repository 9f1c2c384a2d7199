package main

import (
	"errors"
	"strings"

	"hoagiai/internal/diag"

	"github.com/spf13/cobra"
)

// commandNames lists the commands for suggestions.
var commandNames = []string{"build", "serve", "check", "new", "init", "search", "version", "help", "completion"}

func suggest(word string) string {
	if hint := diag.DidYouMean(word, commandNames); hint != "" {
		return "; " + hint
	}
	return "; xem danh sách lệnh: hoagiai help"
}

// usageTemplate is cobra's usage in Vietnamese.
const usageTemplate = `Cách dùng:
  {{if .HasAvailableSubCommands}}{{.CommandPath}} LỆNH [tùy chọn]

Các lệnh:{{range .Commands}}{{if (or .IsAvailableCommand (eq .Name "help"))}}
  {{rpad .Name .NamePadding }} {{.Short}}{{end}}{{end}}{{else}}{{.UseLine}}{{if .HasAvailableLocalFlags}} [tùy chọn]{{end}}{{end}}{{if .HasExample}}

Ví dụ:
{{.Example}}{{end}}{{if .HasAvailableLocalFlags}}

Tùy chọn:
{{.LocalFlags.FlagUsages | trimTrailingWhitespaces}}{{end}}{{if .HasAvailableSubCommands}}

Xem thêm về một lệnh: {{.CommandPath}} help [lệnh]. Ý nghĩa các mã lỗi: {{.CommandPath}} help problems{{end}}
`

// localise gives every command Vietnamese help, errors of misuse their own
// exit status, and the help topics.
func localise(root *cobra.Command) {
	root.SetUsageTemplate(usageTemplate)
	root.SetHelpCommand(&cobra.Command{
		Use:   "help [lệnh]",
		Short: "Xem hướng dẫn về một lệnh hoặc về các mã lỗi (help problems)",
		RunE: func(_ *cobra.Command, args []string) error {
			cmd, rest, err := root.Find(args)
			if err != nil || len(rest) > 0 {
				return misuse{errors.New("không có hướng dẫn về “" + strings.Join(args, " ") + "”")}
			}
			return cmd.Help()
		},
	})
	root.InitDefaultCompletionCmd()
	root.InitDefaultHelpCmd()
	for _, cmd := range append(root.Commands(), root) {
		cmd.InitDefaultHelpFlag()
		cmd.Flags().Lookup("help").Usage = "xem hướng dẫn về lệnh này"
		cmd.SetFlagErrorFunc(flagError)
		cmd.DisableFlagsInUseLine = true
		if cmd.Name() == "completion" {
			cmd.Short = "Tạo mã gợi ý lệnh cho bash, zsh, fish hoặc PowerShell"
		}
	}
	root.AddCommand(&cobra.Command{
		Use: "problems", Short: "Ý nghĩa các mã lỗi và lưu ý",
		Long: problemsText(),
	})
}

// flagError turns the flag parser's complaint into Vietnamese.
func flagError(cmd *cobra.Command, err error) error {
	text := err.Error()
	for _, t := range []struct{ english, ours string }{
		{"unknown flag: ", "không có tùy chọn "},
		{"unknown shorthand flag: ", "không có tùy chọn "},
		{"flag needs an argument: ", "thiếu giá trị sau tùy chọn "},
		{"invalid argument ", "giá trị không hợp lệ: "},
	} {
		if rest, ok := strings.CutPrefix(text, t.english); ok {
			text = t.ours + rest
		}
	}
	return misuse{errors.New(text + "; xem: hoagiai help " + cmd.Name())}
}

// noArgs checks that a command got no arguments.
func noArgs(cmd *cobra.Command, args []string) error { return wantArgs(cmd, args, 0, 0) }

func wantArgs(cmd *cobra.Command, args []string, least, most int) error {
	if len(args) < least || len(args) > most {
		return misuse{errors.New("dùng: " + cmd.UseLine())}
	}
	return nil
}

// problemsText explains every code.
func problemsText() string {
	var b strings.Builder
	b.WriteString("Mỗi phát hiện có một mã cố định. Lỗi làm dừng việc xuất bản; lưu ý thì không, trừ khi dùng --strict.\n")
	last := diag.Grade("")
	for _, e := range diag.Explanations() {
		if e.Grade != last {
			b.WriteString("\n" + strings.ToUpper(string(e.Grade)) + "\n")
			last = e.Grade
		}
		b.WriteString("\n  " + string(e.Code) + "\n      " + e.Text + "\n")
	}
	return b.String()
}
