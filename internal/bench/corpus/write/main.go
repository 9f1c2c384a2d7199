// Command write writes a synthetic portal's content.
//
//	go run ./internal/bench/corpus/write [-pages 10000] [-seed 1] DIR
package main

import (
	"flag"
	"log"

	"hoagiai/internal/bench/corpus"
)

func main() {
	log.SetFlags(0)
	pages := flag.Int("pages", 10000, "pages to write")
	seed := flag.Int64("seed", 1, "another seed writes another portal")
	flag.Parse()
	if flag.NArg() != 1 {
		log.Fatal("usage: write [-pages N] [-seed N] DIR")
	}
	if err := corpus.Write(flag.Arg(0), *pages, *seed); err != nil {
		log.Fatal(err)
	}
}
