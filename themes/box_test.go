package themes_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"

	"golang.org/x/net/html"
)

// boxCases use the search as a reader does, on a phone's screen of 320 pixels.
// Each opens a page and runs a script with the words of boxHarness.
var boxCases = []struct{ name, page, script string }{
	{"slash focuses the box, which loads the search", "van-ban/35-2013-qh13.html", `
		same('before', $('[role=combobox]'), null);
		press('/', $('h1'));
		same('focus', doc().activeElement, box());
		await until('the combobox', () => $('[role=combobox]'));`},
	{"slash in a field is a slash", "tim-kiem.html?q=hoa+giai", `
		await until('results', () => all('.results li').length);
		for (const field of [box(), $('#_kind')]) {
			field.focus();
			same('key taken from ' + field.id, press('/', field), false);
			same('focus', doc().activeElement, field);
		}`},
	{"two syllables give words and pages", "tim-kiem.html", `
		await type('hoa giai');
		same('expanded', box().getAttribute('aria-expanded'), 'true');
		same('controls', doc().getElementById(box().getAttribute('aria-controls')).getAttribute('role'), 'listbox');
		holds('pages', options().some((o) => o.querySelector('b mark')), texts(options()));
		holds('words', options().some((o) => o.textContent == 'hòa giải'), texts(options()));
		same('told', $('.find [role=status]').textContent.split(',')[0], options().length + ' gợi ý');
		same('selected', selected(), '');`},
	{"arrows go round through the box", "tim-kiem.html", `
		await type('hoa giai');
		const last = options().length - 1;
		for (const [key, want] of [['ArrowDown', 0], ['ArrowUp', -1], ['ArrowUp', last], ['ArrowDown', -1], ['ArrowDown', 0], ['ArrowDown', 1]]) {
			same(key + ' is taken', press(key), true);
			same(key, selected(), want < 0 ? '' : options()[want].id);
			same('selected after ' + key, all('[role=option][aria-selected=true]').length, want < 0 ? 0 : 1);
		}
		same('Home is the box\'s', press('Home'), false);
		same('text', box().value, 'hoa giai');`},
	{"typing on forgets the option", "tim-kiem.html", `
		await type('hoa giai');
		press('ArrowDown');
		box().value += ' vien';
		box().dispatchEvent(new (view().Event)('input'));
		same('selected', selected(), '');
		same('Enter is taken', press('Enter'), false);`},
	{"an input method keeps its keys", "tim-kiem.html", `
		await type('hoa giai');
		press('ArrowDown');
		for (const key of ['ArrowDown', 'Enter', 'Escape']) same(key + ' is taken', press(key, box(), {isComposing: true}), false);
		same('selected', selected(), options()[0].id);`},
	{"Escape closes, an arrow opens again", "tim-kiem.html", `
		await type('hoa giai');
		press('ArrowDown');
		same('Escape is taken', press('Escape'), true);
		same('expanded', box().getAttribute('aria-expanded'), 'false');
		same('hidden', $('[role=listbox]').hidden, true);
		same('selected', box().getAttribute('aria-activedescendant'), null);
		same('told', $('.find [role=status]').textContent, '');
		same('second Escape is taken', press('Escape'), false);
		press('ArrowDown');
		await until('the first option', selected);
		same('selected again', selected(), options()[0].id);`},
	{"a short text and a box left alone have no options", "tim-kiem.html", `
		await type('hoa giai');
		box().value = 'h';
		box().dispatchEvent(new (view().Event)('input'));
		await until('closed', () => $('[role=listbox]').hidden);
		press('ArrowDown');
		same('hidden', $('[role=listbox]').hidden, true);
		await type('hoa giai');
		$('.find button').focus();
		same('expanded', box().getAttribute('aria-expanded'), 'false');`},
	{"Enter opens the page of an option", "tim-kiem.html", `
		await type('hoaf giair');
		while (!options().find((o) => o.id == selected() && o.querySelector('b'))) press('ArrowDown');
		const title = doc().getElementById(selected()).querySelector('b').textContent;
		press('Enter');
		await until('another page', () => $('h1') && !/tim-kiem/.test(view().location.pathname));
		same('title', $('h1').firstChild.textContent + rest($('h1')), title);
		same('words', new URLSearchParams(view().location.search).get('tim'), 'hòa giải');
		await until('marks', () => all('main mark').length);`},
	{"a click opens the results of an option", "index.html", `
		await type('hoa giai');
		same('the box keeps the focus', send(options()[0], 'MouseEvent', 'mousedown'), true);
		const words = options()[0].textContent;
		options()[0].click();
		await until('results', () => $('#_status') && all('.results li').length);
		same('words', box().value, words);`},
	{"filters narrow, alone, together and by address", "tim-kiem.html?q=hoa+giai", `
		await until('results', () => all('.results li').length);
		const address = () => view().location.search;
		for (const name of ['kind', 'field', 'year']) {
			const option = $('#_' + name).options[1];
			await filter(name, option.value);
			same(name + ' found', status(), option.textContent.match(/\((.+)\)$/)[1]);
			holds(name + ' in ' + address(), new URLSearchParams(address()).get(name) == option.value, address());
			await filter(name, '');
		}
		const everything = status();
		await filter('kind', 'law');
		const laws = status();
		holds('all are laws', all('.results .meta').every((m) => m.textContent.startsWith('Văn bản')), texts(all('.results .meta')));
		const year = $('#_year').options[1];
		await filter('year', year.value);
		same('laws of ' + year.value, status(), year.textContent.match(/\((.+)\)$/)[1]);
		holds('narrower', +status() < +laws && +laws < +everything, [status(), laws, everything]);
		same('shown', all('.results li').length, Math.min(10, +status()));
		const before = [status(), ...texts(all('.results li'))].join('\n');
		await open(view().location.href);
		await until('results', () => all('.results li').length);
		same('by address', [status(), ...texts(all('.results li'))].join('\n'), before);`},
	{"more results follow without doubles", "tim-kiem.html?q=hoa+giai", `
		await until('results', () => all('.results li').length);
		const urls = () => all('.results li').map((li) => li.dataset.url);
		same('at first', urls().length, 10);
		$('#_more').click();
		$('#_more').click(); // a double click asks twice for the same ten
		await until('more results', () => urls().length > 10 && !$('[aria-busy]'));
		same('then', urls().length, 20);
		same('doubles', urls().filter((u, i) => urls().indexOf(u) < i).join(), '');
		same('focus', doc().activeElement, all('.results li')[10].querySelector('a'));
		while (!$('#_more').hidden) {
			const n = urls().length;
			$('#_more').click();
			await until('more than ' + n, () => urls().length > n);
		}
		same('in the end', urls().length, +status());`},
	{"understood otherwise, with the way back", "tim-kiem.html?q=hoa+giai", `
		await until('results', () => all('.results li').length);
		holds('understood', $('#_status').textContent.includes('“hòa giải”'), $('#_status').textContent);
		await open($('#_status a').href);
		await until('results', () => all('.results li').length);
		same('as typed', $('#_status').textContent.trim(), status() + ' kết quả cho “hoa giai”.');`},
	{"hits are marked and lead to their heading", "tim-kiem.html?q=tranh+ch%E1%BA%A5p+%C4%91%E1%BA%A5t+%C4%91ai", `
		await until('results', () => all('.results li').length);
		for (const part of ['.title', '.heading', 'p']) holds('marks in ' + part, $('.results ' + part + ' mark'), texts(all('.results ' + part)));
		const address = $('.results .heading').href;
		await open(address);
		await until('marks', () => all('main mark').length);
		const top = doc().getElementById(decodeURIComponent(address.split('#')[1])).getBoundingClientRect().top;
		holds('the heading in view', top >= 0 && top < 60, [address, top]);`},
	{"nothing found offers the suggestion", "tim-kiem.html?q=lu%E1%BA%ADtt", `
		await until('an answer', () => $('#_status ul'));
		holds('nothing', $('#_status').textContent.startsWith('Không thấy trang nào cho “luậtt”'), $('#_status').textContent);
		same('results', all('.results li').length, 0);
		same('filters hidden', $('#_filters').hidden, true);
		same('suggestion', $('#_status a').textContent, '“luật”');
		await open($('#_status a').href);
		await until('results', () => all('.results li').length);`},
	{"nothing found because of a filter says so", "tim-kiem.html?q=hoa+giai&year=1900", `
		await until('an answer', () => $('#_status ul'));
		holds('advice', $('#_status').textContent.includes('bỏ bớt điều kiện lọc'), $('#_status').textContent);
		same('filters hidden', $('#_filters').hidden, false);
		await filter('year', '');
		holds('results', all('.results li').length, $('#_status').textContent);`},
	{"marks come without moving anything, and go", "van-ban/35-2013-qh13.html", `
		const text = $('main').textContent;
		const height = doc().documentElement.scrollHeight;
		const links = all('main a').length;
		await open('van-ban/35-2013-qh13.html?tim=hoa+giai+vien');
		await until('marks', () => $('.unmark'));
		holds('marks', all('main mark').every((m) => /^(hòa|giải|vi[êệ]n|ở|cơ|sở|\s)+$/i.test(m.textContent)), texts(all('main mark')));
		same('height', doc().documentElement.scrollHeight, height);
		same('links', all('main a').length, links);
		$('.unmark').click();
		same('marks', all('mark, .unmark').length, 0);
		same('text', $('main').textContent, text);
		same('address', view().location.search, '');`},
	{"nothing is wider than a phone", "tim-kiem.html?q=hoa+giai", `
		await until('results', () => all('.results li').length);
		same('results', wide(), '');
		box().value = '';
		await type('hoa giai');
		same('popup', wide(), '');
		for (const o of options()) holds('high enough for a finger', o.getBoundingClientRect().height >= 44, o.outerHTML);`},
}

// boxHarness runs the cases in a frame and notes what was not as it should be.
const boxHarness = `<!doctype html><meta charset="utf-8"><title>harness</title><iframe width="320" height="600"></iframe><pre></pre><script>
const frame = document.querySelector('iframe');
const view = () => frame.contentWindow;
const doc = () => frame.contentDocument;
const $ = (selector) => doc().querySelector(selector);
const all = (selector) => [...doc().querySelectorAll(selector)];
const texts = (list) => list.map((n) => n.textContent);
const rest = (n) => [...n.childNodes].slice(1).map((c) => c.textContent).join('');
const box = () => $('#_q');
const options = () => all('[role=option]');
const selected = () => {
  const o = doc().getElementById(box().getAttribute('aria-activedescendant'));
  return o && o.getAttribute('aria-selected') == 'true' ? o.id : '';
};
const status = () => $('#_status').textContent.split(' ')[0];
const wide = () => all('body *').filter((n) => !n.closest('.hidden, .skip') && n.getBoundingClientRect().right > 320.5).map((n) => n.outerHTML.slice(0, 80)).join('\n');

// send and press say whether the page took the event for itself.
const send = (target, kind, name, more) => !target.dispatchEvent(new (view()[kind])(name, {bubbles: true, cancelable: true, ...more}));
const press = (key, target = box(), more = {}) => send(target, 'KeyboardEvent', 'keydown', {key, ...more});

const until = async (what, holds) => {
  for (let i = 0; i < 150; i++) {
    if (holds()) return;
    await new Promise((done) => setTimeout(done, 10));
  }
  throw new Error('waited in vain for ' + what + ' at ' + view().location.href + ': ' + $('form').outerHTML + $('main').innerText.slice(0, 300));
};
const open = (page) => new Promise((done) => {
  frame.onload = done;
  frame.src = new URL(page, location.origin + '/portal/');
});
const type = async (text) => {
  box().focus();
  await until('the combobox', () => $('[role=combobox]'));
  box().value = text;
  send(box(), 'Event', 'input');
  await until('options', () => !$('[role=listbox]').hidden);
};
const filter = async (name, value) => {
  $('#_' + name).value = value;
  send($('#_' + name), 'Event', 'change');
  await until('an answer', () => !$('[aria-busy]'));
};

let wrong;
const holds = (what, ok, seen) => ok || wrong.push(what + ': got ' + JSON.stringify(seen));
const shown = (v) => v instanceof view().Node ? v.outerHTML.slice(0, 80) : JSON.stringify(v);
const same = (what, got, want) => got === want || wrong.push(what + ': got ' + shown(got) + ', want ' + shown(want));

(async () => {
  const seen = [];
  for (const [page, script] of %s) {
    wrong = [];
    try {
      await open(page);
      await eval('(async () => {' + script + '})()');
    } catch (e) {
      wrong.push(String(e));
    }
    seen.push(wrong);
    document.querySelector('pre').textContent = JSON.stringify(seen);
  }
})();
</script>`

// TestChromiumBox runs the cases on the real portal, as plain files.
func TestChromiumBox(t *testing.T) {
	chromium(t)
	out := buildPortal(t, "")
	var scripts [][2]string
	for _, c := range boxCases {
		scripts = append(scripts, [2]string{c.page, c.script})
	}
	raw, err := json.Marshal(scripts)
	if err != nil {
		t.Fatal(err)
	}
	mux := http.NewServeMux()
	mux.Handle("/portal/", http.StripPrefix("/portal/", http.FileServer(http.Dir(out))))
	mux.HandleFunc("/harness", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprintf(w, boxHarness, raw) })
	server := httptest.NewServer(mux)
	defer server.Close()
	pre := elements(dump(t, server.URL+"/harness"), func(n *html.Node) bool { return n.Data == "pre" })
	var seen [][]string
	if err := json.Unmarshal([]byte(text(pre[0])), &seen); err != nil {
		t.Fatalf("%v in %q", err, text(pre[0]))
	}
	for i, c := range boxCases {
		t.Run(c.name, func(t *testing.T) {
			if i >= len(seen) {
				t.Fatal("the browser's time ended before this case")
			}
			for _, wrong := range seen[i] {
				t.Error(wrong)
			}
		})
	}
}
