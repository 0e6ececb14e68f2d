/* SPDX-License-Identifier: BSD-2-Clause */
/* What a configuration file may look like, and each complaint with its line. */
#include "base/buf.h"
#include "conffile.h"
#include "tap.h"

/* Files whose key "website" has a value, and which one. */
static const struct {
	const char	*rule;
	const char	*text;
	const char	*want;
} good[] = {
	{ "a word", "website = www.example.net", "www.example.net" },
	{ "a word with all its characters", "website = aZ09_-.:/@x", "aZ09_-.:/@x" },
	{ "a path", "website = /a/b/c", "/a/b/c" },
	{ "no blanks", "website=x", "x" },
	{ "many blanks", "\t website \t=\t x \t", "x" },
	{ "on three lines", "website\n=\nx\n", "x" },
	{ "lines that end in CR LF", "website = x\r\nlog = syslog\r\n", "x" },
	{ "two on a line", "log = syslog website = x", "x" },
	{ "no newline at the end", "website = x", "x" },
	{ "double quotes", "website = \"a b\"", "a b" },
	{ "single quotes", "website = 'a b'", "a b" },
	{ "an empty string", "website = \"\"", "" },
	{ "an empty string in single quotes", "website = ''", "" },
	{ "the other quotes inside", "website = \"it's\"", "it's" },
	{ "and the other way round", "website = 'say \"x\"'", "say \"x\"" },
	{ "escaped quotes and backslash", "website = \"\\\"a\\\\\"", "\"a\\" },
	{ "escaped newline and tab", "website = \"a\\nb\\tc\"", "a\nb\tc" },
	{ "hexadecimal", "website = \"\\x41\\x7a\\xff1\"", "Az\xff" "1" },
	{ "dollar and brace by hexadecimal", "website = \"\\x24{HOME}\"", "${HOME}" },
	{ "dollar without brace", "website = \"$HOME\"", "$HOME" },
	{ "single quotes: escaped quote and backslash", "website = '\\'\\\\'", "'\\" },
	{ "single quotes: other backslashes stay", "website = '\\n\\d'", "\\n\\d" },
	{ "comment signs in a string", "website = \"http://x/#a /*b*/\"", "http://x/#a /*b*/" },
	{ "braces, commas and equals signs in a string", "website = \"{a,b}=c\"", "{a,b}=c" },
	{ "UTF-8 in a string", "website = \"\xc3\xa9\"", "\xc3\xa9" },
	{ "comment of #", "# a\nwebsite = x # b\n#", "x" },
	{ "comment of # behind a word", "website = x#b", "x" },
	{ "comment of //", "// a\nwebsite = x // b", "x" },
	{ "comment of // without a blank", "//a=b\nwebsite = x", "x" },
	{ "comment of C", "/* a */website /**/=/*b*/x /* c */", "x" },
	{ "comment of C on many lines", "/* a\n * log = syslog\n **/\nwebsite = x", "x" },
	{ "comment of C does not nest", "/* a /* b */ website = x", "x" },
	{ "quotes in comments", "# it's\n// \"\n/* ' */website = x", "x" },
	{ "${ in comments", "# ${x}\n// ${x}\n/* ${x} */website = x", "x" },
	{ "comment signs in comments", "# /*\n// /*\nwebsite = x", "x" },
	{ "comment between a list's values", "queues = { a, # b\n /* c */ d }\nwebsite = x", "x" },
};

/* Files that are refused, and how; CONFFILE_HEAD stands in lines 1 and 2. */
static const struct {
	const char	*rule;
	struct view	 text;
	const char	*want;	/* behind the file's name; what it begins with */
} bad[] = {
	{ "unknown key", VIEW("websight = x"), ":3: no such option 'websight'" },
	{ "unknown key behind comments",
	  VIEW("# a\n/* b\n c */ // d\nwebsight = x"), ":6: no such option" },
	{ "case counts in keys", VIEW("Website = x"), ":3: no such option 'Website'" },
	{ "unknown section", VIEW("issuer a { }"), ":3: no such option 'issuer'" },
	{ "repeated key", VIEW("log = x\n\nlog = y"),
	  ":5: the key 'log' stands here a second time, first in line 3" },
	{ "repeated key of the head", VIEW("base_url = y"),
	  ":3: the key 'base_url' stands here a second time, first in line 1" },
	{ "repeated list", VIEW("queues = {a}\nqueues = {b}"), ":4: the key 'queues' stands" },
	{ "appending to a list", VIEW("queues += {b}"), ":3: the character '\\x2b' must" },
	{ "variable as a word", VIEW("log = ${HOME}"), ":3: variables are not" },
	{ "variable in a string", VIEW("log = \"a${HOME}\""), ":3: variables are not" },
	{ "variable in single quotes", VIEW("log = 'a${HOME}'"), ":3: variables are not" },
	{ "variable that is not closed", VIEW("log = \"${\""), ":3: variables are not" },
	{ "variable as a key", VIEW("${a} = x"), ":3: variables are not" },
	{ "variable in a list", VIEW("queues = {\n\"${a}\"}"), ":4: variables are not" },
	{ "variable behind a dollar", VIEW("log = \"$${a}\""), ":3: variables are not" },
	{ "NUL", VIEW("log = x\n\0"), ":4: a NUL byte" },
	{ "NUL in a string", VIEW("log = \"a\0b\""), ":3: a NUL byte" },
	{ "NUL in a comment", VIEW("# \0\nbad = x"), ":3: a NUL byte" },
	{ "NUL by hexadecimal", VIEW("log = \"a\\x00\""), ":3: a backslash" },
	{ "octal", VIEW("log = \"\\101\""), ":3: a backslash" },
	{ "one hexadecimal digit", VIEW("log = \"\\x1\""), ":3: a backslash" },
	{ "unknown escape", VIEW("log = \"\\d\""), ":3: a backslash" },
	{ "a line that goes on", VIEW("log = \"a\\\nb\""), ":3: a backslash" },
	{ "string over two lines", VIEW("log = \"a\nb\""), ":3: this string does not end" },
	{ "string that is not closed", VIEW("log = \"a"), ":3: this string does not end" },
	{ "single quotes not closed", VIEW("log = 'a\n"), ":3: this string does not end" },
	{ "escaped quote is no end", VIEW("log = \"a\\\"\n"), ":3: this string does not end" },
	{ "backslash at the end of the file", VIEW("log = \"\\"), ":3: a backslash" },
	{ "control character in a string", VIEW("log = \"a\x1b\""), ":3: a control character" },
	{ "comment that is not closed", VIEW("log = x\n/* a\n"), ":4: this comment does not end" },
	{ "comment that only seems to end", VIEW("/*/"), ":3: this comment does not end" },
	{ "word with //", VIEW("log = http://x"), ":3: 'http://x' must stand in quotes" },
	{ "word with /*", VIEW("log = a/*b*/"), ":3: 'a/' must stand in quotes" },
	{ "character that no word has", VIEW("log = a;b"), ":3: the character '\\x3b' must" },
	{ "asterisk", VIEW("log = *.x"), ":3: the character '\\x2a' must" },
	{ "high byte outside of a string", VIEW("log = \xc3\xa9"),
	    ":3: the character '\\xc3' must" },
	{ "form feed", VIEW("log = x\f"), ":3: the character '\\x0c' must" },
	{ "key without a value", VIEW("log =\n"), ":4: unexpected 'end of the file' as a value" },
	{ "key alone", VIEW("log"), ":3: unexpected 'end of the file' behind a key" },
	{ "value for value", VIEW("log = = x"), ":3: unexpected '=' as a value" },
	{ "no equals sign", VIEW("log x"), ":3: unexpected 'end of the file' behind the name" },
	{ "two values", VIEW("log = x y\nz = 1"),
	    ":4: unexpected '=' behind the name of a section" },
	{ "two strings", VIEW("log = \"x\" \"y\""),
	    ":3: unexpected '\"y\"' where a key should be" },
	{ "key in quotes", VIEW("\"log\" = x"), ":3: unexpected '\"log\"' where a key should be" },
	{ "value without a key", VIEW("= x"), ":3: unexpected '=' where a key should be" },
	{ "brace that closes nothing", VIEW("}"), ":3: unexpected '}' where a key should be" },
	{ "brace that opens nothing", VIEW("{ }"), ":3: unexpected '{' where a key should be" },
	{ "comma between settings", VIEW("log = x, website = y"),
	    ":3: unexpected ',' where a key" },
	{ "list that is not closed", VIEW("queues = {a,\n"),
	    ":4: unexpected 'end of the file' in a list" },
	{ "list without commas", VIEW("queues = {a b}"), ":3: unexpected 'b' in a list, where" },
	{ "list of a comma", VIEW("queues = {,}"), ":3: unexpected ',' in a list" },
	{ "list with a hole", VIEW("queues = {a,,b}"), ":3: unexpected ',' in a list" },
	{ "list in a list", VIEW("queues = {{a}}"), ":3: unexpected '{' in a list" },
	{ "list for what is none", VIEW("log = {a}"), ":3: unexpected token '{'" },
	{ "empty list for what is none", VIEW("log = {}"), ":3: unexpected token '{'" },
	{ "DSE-02: DNSSEC is not switched off by the way", VIEW("trust_anchor = \"\""),
	    ": trust_anchor is empty, so DNSSEC would not be validated" },
	{ "path of a section's key", VIEW("issuer|key = x"), ":3: the character '\\x7c' must" },
};

static void
test_good(void)
{
	char text[1024];
	struct conf *conf;
	struct err err;
	size_t i;

	for (i = 0; i < NITEMS(good); i++) {
		(void)snprintf(text, sizeof(text), CONFFILE_HEAD "%s", good[i].text);
		conf = conffile_load(view_of(text), &err);
		tap_is_view(conf != NULL ? view_of(conf->website) : view_of(err.detail),
		    view_of(good[i].want), "%s", good[i].rule);
		conf_free(conf);
	}
}

static void
test_bad(void)
{
	struct buf text = BUF_INIT(1024);
	struct conf *conf;
	struct err err;
	size_t i;

	for (i = 0; i < NITEMS(bad); i++) {
		buf_reset(&text);
		buf_str(&text, CONFFILE_HEAD);
		buf_put(&text, bad[i].text);
		conf = conffile_load(buf_view(&text), &err);
		if (!tap_ok(conf == NULL &&
		    view_starts(conffile_complaint(&err), view_of(bad[i].want)),
		    "refused: %s", bad[i].rule))
			tap_diag("%s", err.detail);
		conf_free(conf);
		/* Nothing of it is left in libconfuse. */
		conf_free(conffile_load(VIEW(CONFFILE_HEAD), NULL));
	}
	buf_release(&text);
}

static void
test_huge(void)
{
	struct buf text = BUF_INIT(512 * 1024);
	struct conf *conf;
	struct err err;
	int i;

	buf_str(&text, CONFFILE_HEAD "website = \"");
	for (i = 0; i < 100000; i++)
		buf_char(&text, 'x');
	buf_str(&text, "\"\n");
	while (text.n < 256 * 1024)
		buf_char(&text, '#');
	conf = conffile_load(buf_view(&text), NULL);
	tap_is_int((int64_t)strlen(conf->website), 100000, "huge: 256 KiB with a long string");
	conf_free(conf);
	buf_char(&text, '#');
	conf = conffile_load(buf_view(&text), &err);
	tap_is_view(conffile_complaint(&err), VIEW(": larger than 262144 bytes"),
	    "huge: one byte more");
	buf_reset(&text);
	buf_str(&text, CONFFILE_HEAD);
	for (i = 0; i < 5000; i++)
		buf_printf(&text, "k%d = x\n", i);
	conf = conffile_load(buf_view(&text), &err);
	tap_is_view(conffile_complaint(&err), VIEW(":4097: more than 4096 settings"),
	    "huge: too many settings");
	buf_release(&text);
}

int
main(void)
{
	test_good();
	test_bad();
	test_huge();
	return tap_done();
}
