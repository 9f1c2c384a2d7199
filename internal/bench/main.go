// Command bench measures hoagiai on a synthetic portal and, where they can be
// had, Hugo with Pagefind side by side on the same pages.
//
//	go run ./internal/bench [-pages 10000] [-rounds 3] [-peers=false]
//
// The programs run one after the other, in rotated order, on an idle machine;
// medians of wall time, processor time and peak memory are printed, and the
// ratio of wall times. Hugo comes from the Go module proxy, Pagefind from npm;
// both are kept in the user's cache folder.
package main

import (
	"bufio"
	_ "embed"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"hoagiai/internal/bench/corpus"

	"golang.org/x/tools/txtar"
)

// Versions of the peers that figures in README were taken with.
const (
	hugoVersion     = "v0.164.0"
	pagefindVersion = "1.6.0"
)

//go:embed hugo.txtar
var hugoSite []byte

func main() {
	log.SetFlags(0)
	log.SetPrefix("bench: ")
	pages := flag.Int("pages", 10000, "pages of the synthetic portal")
	rounds := flag.Int("rounds", 3, "rounds; medians are printed")
	peers := flag.Bool("peers", true, "measure Hugo and Pagefind too")
	flag.Parse()
	b := &bench{pages: *pages, peers: *peers, runs: map[string][]run{}}
	if err := b.all(*rounds); err != nil {
		log.Fatal(err)
	}
}

// run is what one execution of a program took.
type run struct {
	wall, cpu time.Duration
	peak      int64 // bytes of memory
}

type bench struct {
	pages   int
	peers   bool
	tools   string // kept between runs
	work    string // removed at the end
	content string
	runs    map[string][]run
}

func (b *bench) all(rounds int) (err error) {
	if err := b.prepare(); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(b.work)) }()
	for i := range rounds {
		steps := []func() error{b.ours}
		if b.peers {
			steps = append(steps, b.theirs)
		}
		if i%2 == 1 {
			slices.Reverse(steps)
		}
		for _, step := range steps {
			if err := step(); err != nil {
				return err
			}
		}
	}
	b.print()
	return errors.Join(b.searches(), b.inBrowser())
}

// prepare builds hoagiai, writes the corpus and fetches the peers.
func (b *bench) prepare() error {
	cache, err := os.UserCacheDir()
	if err != nil {
		return err
	}
	b.tools = filepath.Join(cache, "hoagiai-bench")
	if err := os.MkdirAll(b.tools, 0o755); err != nil {
		return err
	}
	if b.work, err = os.MkdirTemp("", "hoagiai-bench-"); err != nil {
		return err
	}
	b.content = filepath.Join(b.work, "content")
	if err := command("go", "build", "-o", b.exe("hoagiai"), "./cmd/hoagiai").Run(); err != nil {
		return fmt.Errorf("build hoagiai: %w", err)
	}
	if err := corpus.Write(b.content, b.pages, 1); err != nil {
		return fmt.Errorf("write corpus: %w", err)
	}
	if !b.peers {
		return nil
	}
	for _, f := range txtar.Parse(hugoSite).Files {
		name := filepath.Join(b.work, "hugo", filepath.FromSlash(f.Name))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(name, f.Data, 0o644); err != nil {
			return err
		}
	}
	if _, err := os.Stat(b.exe("hugo")); errors.Is(err, fs.ErrNotExist) {
		install := command("go", "install", "github.com/gohugoio/hugo@"+hugoVersion)
		install.Env = append(os.Environ(), "GOBIN="+b.tools)
		if err := install.Run(); err != nil {
			return fmt.Errorf("install Hugo (-peers=false does without): %w", err)
		}
	}
	if _, err := os.Stat(filepath.Join(b.tools, "node_modules", "pagefind")); errors.Is(err, fs.ErrNotExist) {
		if err := command("npm", "install", "--silent", "--prefix", b.tools, "pagefind@"+pagefindVersion).Run(); err != nil {
			return fmt.Errorf("install Pagefind (-peers=false does without): %w", err)
		}
	}
	return nil
}

func (b *bench) exe(name string) string { return filepath.Join(b.tools, name) }

func command(name string, args ...string) *exec.Cmd {
	c := exec.Command(name, args...)
	c.Stderr = os.Stderr
	return c
}

// measure runs a program and notes what it took.
func (b *bench) measure(name string, c *exec.Cmd) error {
	start := time.Now()
	if err := c.Run(); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	r := run{time.Since(start), c.ProcessState.UserTime() + c.ProcessState.SystemTime(), peakMemory(c.ProcessState)}
	b.runs[name] = append(b.runs[name], r)
	fmt.Printf("%-10s %6.2f s wall %6.2f s cpu %6d MB\n", name, r.wall.Seconds(), r.cpu.Seconds(), r.peak>>20)
	return nil
}

func (b *bench) ours() error {
	out := filepath.Join(b.work, "out-hoagiai")
	if err := os.RemoveAll(out); err != nil {
		return err
	}
	return b.measure("hoagiai", command(b.exe("hoagiai"), "build", "--quiet", "--content", b.content, "--out", out))
}

func (b *bench) theirs() error {
	out := filepath.Join(b.work, "out-hugo")
	if err := os.RemoveAll(out); err != nil {
		return err
	}
	hugo := command(b.exe("hugo"), "--source", filepath.Join(b.work, "hugo"), "--contentDir", b.content, "-d", out, "--noBuildLock", "--quiet")
	if err := b.measure("hugo", hugo); err != nil {
		return err
	}
	return b.measure("pagefind", command(filepath.Join(b.tools, "node_modules", ".bin", "pagefind"), "--site", out, "--force-language", "vi"))
}

func (b *bench) print() {
	median := func(name string, of func(run) float64) float64 {
		var all []float64
		for _, r := range b.runs[name] {
			all = append(all, of(r))
		}
		if len(all) == 0 {
			return 0
		}
		slices.Sort(all)
		return all[(len(all)-1)/2]
	}
	wall := func(r run) float64 { return r.wall.Seconds() }
	fmt.Printf("--- medians of %d rounds, %d pages\n", len(b.runs["hoagiai"]), b.pages)
	for _, name := range []string{"hugo", "pagefind", "hoagiai"} {
		if len(b.runs[name]) > 0 {
			fmt.Printf("%-10s %6.2f s wall %6.2f s cpu %6.0f MB\n", name, median(name, wall),
				median(name, func(r run) float64 { return r.cpu.Seconds() }), median(name, func(r run) float64 { return float64(r.peak >> 20) }))
		}
	}
	if b.peers {
		fmt.Printf("hoagiai / (hugo + pagefind) = %.2f\n", median("hoagiai", wall)/(median("hugo", wall)+median("pagefind", wall)))
	}
}

// searches asks for parts of titles and prints how long answers took.
func (b *bench) searches() error {
	var queries []string
	err := filepath.WalkDir(b.content, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || len(queries) == 1000 {
			return err
		}
		raw, err := os.ReadFile(name)
		if title, ok := strings.CutPrefix(string(raw), "---\ntitle: \""); ok {
			title, _, _ = strings.Cut(title, "\"")
			words := strings.Fields(title)
			queries = append(queries, strings.Join(words[:1+len(queries)%min(8, len(words))], " "))
		}
		return err
	})
	if err != nil {
		return err
	}
	file := filepath.Join(b.work, "queries")
	if err := os.WriteFile(file, []byte(strings.Join(queries, "\n")+"\n"), 0o644); err != nil {
		return err
	}
	c := command(b.exe("hoagiai"), "search", "--json", "--out", filepath.Join(b.work, "out-hoagiai"), "--batch", file)
	pipe, err := c.StdoutPipe()
	if err != nil {
		return err
	}
	if err := c.Start(); err != nil {
		return err
	}
	var took []float64
	for r := json.NewDecoder(bufio.NewReader(pipe)); r.More(); {
		var a struct {
			TookMS float64 `json:"took_ms"`
			Hits   []any   `json:"hits"`
			Query  string  `json:"query"`
		}
		if err := r.Decode(&a); err != nil {
			return err
		}
		if len(a.Hits) == 0 {
			return fmt.Errorf("nothing found for %q", a.Query)
		}
		took = append(took, a.TookMS)
	}
	if err := c.Wait(); err != nil {
		return err
	}
	slices.Sort(took)
	fmt.Printf("%d searches: p50 %.1f ms, p99 %.1f ms\n", len(took), took[len(took)/2], took[len(took)*99/100])
	return measurePayload(filepath.Join(b.work, "out-hoagiai"), queries)
}
