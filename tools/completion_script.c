/* SPDX-License-Identifier: MIT */
/*
 * Each script hands over the line up to the cursor, and offers what comes
 * back: a word, with a blank behind it when it is complete, a tab, and what
 * is said of it.  An empty word stands for the names of files.
 */
#include "config.h"

#include <string.h>

#include "tools/completion.h"

/* Readline takes what stands behind a colon or an equals sign for a word of
 * its own, so that what stands before must not come back. */
static const char bash[] =
"# bash completion of sekisho: source <(sekisho completion bash)\n"
"_sekisho() {\n"
"	local line=${COMP_LINE:0:COMP_POINT} word before cur files=\n"
"	cur=${line##*[[:space:]]}\n"
"	before=\n"
"	[[ $COMP_WORDBREAKS == *[:=]* ]] && before=${cur%\"${cur##*[:=]}\"}\n"
"	COMPREPLY=()\n"
"	while IFS= read -r line; do\n"
"		word=${line%%$'\\t'*}\n"
"		if [[ -n $word ]]; then\n"
"			COMPREPLY+=(\"${word:${#before}}\")\n"
"		else\n"
"			files=yes\n"
"		fi\n"
"	done < <(\"${1/#\\~/$HOME}\" completion --words \"$line\" 2>/dev/null)\n"
"	[[ -n $files ]] || return 0\n"
"	compopt -o filenames +o nospace 2>/dev/null\n"
"	COMPREPLY=(\"${COMPREPLY[@]% }\")\n"
"	while IFS= read -r word; do\n"
"		COMPREPLY+=(\"$word\")\n"
"	done < <(compgen -f -- \"${cur##*[:=]}\")\n"
"}\n"
"complete -o nospace -F _sekisho sekisho\n";

static const char zsh[] =
"#compdef sekisho\n"
"# zsh completion of sekisho: sekisho completion zsh >~/.zfunc/_sekisho\n"
"_sekisho() {\n"
"	local line word\n"
"	local -a complete open shown_complete shown_open\n"
"	local before=\"${(j: :)words[1,CURRENT-1]} $PREFIX\"\n"
"	for line in \"${(@f)$(sekisho completion --words \"$before\" "
"2>/dev/null)}\"; do\n"
"		word=${line%%$'\\t'*}\n"
"		if [[ -z $line ]]; then\n"
"			continue\n"
"		elif [[ -z $word ]]; then\n"
"			_files\n"
"		elif [[ $word == *' ' ]]; then\n"
"			complete+=(\"${word% }\")\n"
"			shown_complete+=(\"${word% }  ${line#*$'\\t'}\")\n"
"		else\n"
"			open+=(\"$word\")\n"
"			shown_open+=(\"$word  ${line#*$'\\t'}\")\n"
"		fi\n"
"	done\n"
"	(( $#complete )) && compadd -U -l -d shown_complete -a complete\n"
"	(( $#open )) && compadd -U -S '' -l -d shown_open -a open\n"
"	return 0\n"
"}\n"
"if [[ $zsh_eval_context[-1] == loadautofunc ]]; then\n"
"	_sekisho \"$@\"\n"
"else\n"
"	compdef _sekisho sekisho\n"
"fi\n";

static const char fish[] =
"# fish completion of sekisho: sekisho completion fish "
">~/.config/fish/completions/sekisho.fish\n"
"function __sekisho_words\n"
"	for line in (sekisho completion --words "
"(commandline -cp | string collect) 2>/dev/null)\n"
"		if string match -q -r '^\\t' -- $line\n"
"			__fish_complete_path (commandline -ct)\n"
"		else\n"
"			string replace -r ' \\t' '\\t' -- $line\n"
"		end\n"
"	end\n"
"end\n"
"complete -c sekisho -f -a '(__sekisho_words)'\n";

const char *const completion_shells[] = { "bash", "zsh", "fish", NULL };

const char *
completion_script(const char *shell)
{
	static const char *const scripts[] = { bash, zsh, fish };

	for (size_t i = 0; completion_shells[i] != NULL; i++)
		if (strcmp(completion_shells[i], shell) == 0)
			return scripts[i];
	return NULL;
}
