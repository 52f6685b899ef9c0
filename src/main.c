/*
 * dabir: picks the command.
 */
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "base/base.h"
#include "cmd/cmd.h"

static const struct {
	const char *name;
	int (*run)(int argc, char **argv);
	const char *help;
} commands[] = {
	{"build", cmd_build, "make PDF or HTML of a book or a lone .md"},
	{"check", cmd_check, "tell what is wrong with text and pages"},
	{"watch", cmd_watch, "build again whenever a file is saved"},
	{"new", cmd_new, "make a project that builds"},
	{"fonts", cmd_fonts, "say which face serves which script"},
	{"import", cmd_import, "make a draft of text torn from a PDF"},
	{"impose", cmd_impose, "put pages on sheets, fold and read them"},
};

static void
usage(FILE *f)
{
	fputs("Usage: dabir COMMAND [options]\n\nCommands:\n", f);
	for (size_t i = 0; i < sizeof(commands) / sizeof(commands[0]); i++)
		fprintf(f, "  %-8s %s\n", commands[i].name, commands[i].help);
	fputs("\n“dabir COMMAND --help” tells more; “dabir --version” the "
	    "version.\n", f);
}

/* A build that is broken off leaves no half-written files, and dies of what
 * broke it off, as a shell expects (SA_RESETHAND has restored the default). */
static void
broken_off(int sig)
{
	out_abort_all();
	raise(sig);
}

/* What was ignored from the start (nohup) stays so. */
static void
catch_signals(void)
{
	static const int sigs[] = {SIGINT, SIGTERM, SIGHUP};
	struct sigaction sa = {.sa_handler = broken_off,
	    .sa_flags = (int)SA_RESETHAND}, was;

	sigemptyset(&sa.sa_mask);
	for (size_t i = 0; i < sizeof(sigs) / sizeof(sigs[0]); i++)
		sigaddset(&sa.sa_mask, sigs[i]);
	for (size_t i = 0; i < sizeof(sigs) / sizeof(sigs[0]); i++)
		if (sigaction(sigs[i], NULL, &was) == 0 &&
		    was.sa_handler == SIG_DFL)
			sigaction(sigs[i], &sa, NULL);
}

int
main(int argc, char **argv)
{
	catch_signals();
	if (argc < 2) {
		usage(stderr);
		return 2;
	}
	if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0) {
		usage(stdout);
		return 0;
	}
	if (strcmp(argv[1], "--version") == 0)
		return cmd_version();
	for (size_t i = 0; i < sizeof(commands) / sizeof(commands[0]); i++)
		if (strcmp(argv[1], commands[i].name) == 0)
			return commands[i].run(argc - 1, argv + 1);
	fprintf(stderr, "dabir: there is no command “%s”; “dabir --help” "
	    "lists them\n", argv[1]);
	return 2;
}
