/*
 * The commands: options in, exit status out. Exit status: 0 nothing worse
 * than a warning, 1 an error in the manuscript or layout (the PDF is still
 * written where it can be), 2 wrong usage or surroundings.
 */
#ifndef CMD_H
#define CMD_H

#define DABIR_VERSION "0.1.0"

int cmd_build(int argc, char **argv);
int cmd_check(int argc, char **argv);
int cmd_watch(int argc, char **argv);
int cmd_new(int argc, char **argv);
int cmd_fonts(int argc, char **argv);
int cmd_impose(int argc, char **argv);
int cmd_import(int argc, char **argv);
int cmd_version(void);
/* With the commit it was made of, "0.1.0+fd60c2f1a2b3"; "+" at the end: and
 * of changes beyond it. */
const char *dabir_version(void);

#endif
