# Dabir. `make help` lists what can be asked for.
#
# Nothing here needs more than git, make and a shell while the file is read:
# on a fresh machine the first recipe to run is set-up, and whatever asks
# pkg-config, or compiles, comes after it.

.DEFAULT_GOAL := all
.DELETE_ON_ERROR:
MAKEFLAGS += --no-builtin-rules
ifeq ($(MAKELEVEL),0)
MAKEFLAGS += --jobs=$(shell nproc)
endif
SHELL = /bin/sh

# Where everything is made; `make san` has a folder of its own in it.
B := build
PREFIX = /usr/local
SHARE = $(DESTDIR)$(PREFIX)/share

CC = gcc
OPTIMISE = -O2 -g
WARN = -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wvla
CFLAGS = $(OPTIMISE)
ALL_CFLAGS = -std=c11 -D_GNU_SOURCE -Isrc $(WARN) $(CFLAGS) $(SANITIZE)
ALL_LDFLAGS = -Wl,--as-needed $(LDFLAGS) $(SANITIZE)

# Asked once in a run of make, by the first recipe that needs it.
PKGS = harfbuzz harfbuzz-subset freetype2 fribidi yaml-0.1 icu-i18n icu-uc \
	jansson libpng libjpeg lcms2 fontconfig libuv libdeflate libcmark-gfm \
	hunspell
PKG_CFLAGS = $(eval PKG_CFLAGS := $$(subst -I,-isystem ,$$(shell \
	pkg-config --cflags $(PKGS))))$(PKG_CFLAGS)
PKG_LIBS = $(eval PKG_LIBS := $$(shell pkg-config --libs $(PKGS)))$(PKG_LIBS)
LIBS = $(PKG_LIBS) -lhpdf -lzint -lz -lm -lpthread

# Some rooms alone, `make unit ROOMS="base font"`, while another is being moved
# about; they need those to their left only.
ROOMS = *
SRC := $(sort $(wildcard $(ROOMS:%=src/%/*.c)))
HDR := $(sort $(wildcard src/*/*.h))
OBJ := $(SRC:%.c=$(B)/obj/%.o)
MAIN := $(B)/obj/src/main.o
LIB := $(B)/libdabir.a
DABIR := $(B)/dabir
TEST_SRC := $(sort $(wildcard $(ROOMS:%=tests/%/test_*.c)))
UNIT := $(TEST_SRC:%.c=$(B)/%)
# The fuzzers' targets, to be run once over what was found before.
REPLAY := $(patsubst tests/fuzz/%.c,$(B)/replay/%,$(wildcard \
	tests/fuzz/fuzz_*.c))

# What the scripts below are told. RUN ends with the count of tests.
export B INSTALL
RUN = tests/lib/run.sh

# make V=1 shows whole commands.
say = $(if $(V),,@echo "  $(1)";)

#: all             the program, build/dabir (the default)
all: $(DABIR)

#: booklet         the manuscript as PDF and HTML: build/booklet.pdf
booklet: $(DABIR)
	setup/booklet.sh

#: handouts        a sheet for each phase of the booklet
handouts: $(DABIR)
	$(DABIR) build manuscript/book.yaml -o $(B) -t handouts \
		-t handouts-teacher -t handouts-web

#
# Set-up: what the goals of this run need is looked for, and brought, once.
# INSTALL=no only names what lacks.
#
JUDGED = check accept unit san ready bench bench-paragraphs pictures fuzz \
	extraction check-pdf check-layout check-import
goals = $(filter $(1),$(MAKECMDGOALS))

setup:
	@setup/setup.sh build $(if $(call goals,fonts),fonts) \
		$(if $(call goals,$(JUDGED)),check) \
		$(if $(call goals,lint format),lint) \
		$(if $(call goals,fuzz),fuzz)

#: fonts           fill fonts/files/, trying again what failed before
fonts: setup

#
# The program
#
$(DABIR): $(MAIN) $(LIB)
	$(call say,LINK $@)$(CC) $(ALL_LDFLAGS) -o $@ $(MAIN) $(LIB) $(LIBS)

$(LIB): $(OBJ) $(B)/obj/sources
	@rm -f $@
	$(call say,AR   $@)ar rcs $@ $(OBJ)

$(B)/obj/%.o: %.c $(B)/obj/flags | setup
	@mkdir -p $(@D)
	$(call say,CC   $<)$(CC) $(ALL_CFLAGS) $(PKG_CFLAGS) \
		-MMD -MP -c -o $@ $<

# Records that change only when what they hold does: other flags make every
# object again, a source that is gone makes the archive again, another commit
# the program's version.
record = @mkdir -p $(@D); echo '$(1)' | cmp -s - $@ || echo '$(1)' >$@

$(B)/obj/flags: FORCE
	$(call record,$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS))

$(B)/obj/sources: FORCE
	$(call record,$(SRC))

COMMIT = $(subst $() ,,$(shell git rev-parse --short=12 HEAD 2>/dev/null && \
	{ git diff-index --quiet HEAD -- || echo +; }))
$(B)/obj/commit: FORCE
	$(call record,$(COMMIT))

$(B)/obj/src/cmd/version.o: $(B)/obj/commit
$(B)/obj/src/cmd/version.o: private CFLAGS += '-DDABIR_COMMIT="$(COMMIT)"'

-include $(OBJ:.o=.d) $(MAIN:.o=.d) $(UNIT:%=%.d)

#
# Tests. T=PATTERN takes those whose name has PATTERN in it.
#
#: check [T=...]   every test: unit, golden, end to end, outside judges
check: ready
	$(RUN) $(T)

#: accept [T=...]  show how goldens differ, then replace them
accept: $(DABIR)
	$(RUN) --accept $(T)

#: unit            build the unit programs without running them
unit: $(UNIT)

$(UNIT): $(B)/tests/%: tests/%.c $(LIB) $(B)/obj/flags | setup
	@mkdir -p $(@D)
	$(call say,CC   $<)$(CC) $(ALL_CFLAGS) -Itests $(PKG_CFLAGS) \
		-MMD -MP -MF $@.d $(ALL_LDFLAGS) -o $@ $< \
		$(LIB) $(LIBS) -lcmocka

$(REPLAY): $(B)/replay/%: tests/fuzz/%.c tests/fuzz/replay.c \
		$(wildcard tests/fuzz/*.h) $(LIB) $(B)/obj/flags | setup
	@mkdir -p $(@D)
	$(call say,CC   $<)$(CC) $(ALL_CFLAGS) -Wno-missing-prototypes -Itests \
		$(PKG_CFLAGS) $(ALL_LDFLAGS) -o $@ $< tests/fuzz/replay.c \
		$(LIB) $(LIBS)

# Tests judge the booklet as it is, even where making it complained.
ready: $(DABIR) $(UNIT) $(REPLAY)
	-setup/booklet.sh

#: san [T=...]     all of that under the address and undefined sanitizers
#
# Styles and fonts are looked for in the folder above the program's own, which
# is $B here: a test whose folder has styles/ of its own needs them.
san:
	@mkdir -p $(B) && ln -sfn ../styles $(B)/styles && \
		ln -sfn ../fonts $(B)/fonts
	$(MAKE) B=build/san T='$(T)' check \
		OPTIMISE='-O1 -g -fno-omit-frame-pointer' \
		SANITIZE='-fsanitize=address,undefined \
			-fno-sanitize-recover=undefined'

#: extraction      what four viewers get out of the booklet, as a table
extraction: ready
	tests/extraction/run.sh

#: check-pdf       the PDFs before veraPDF, qpdf, Ghostscript and others
#: check-layout    lines and pages of the booklet
#: check-import    text torn out of PDFs, and back
check-pdf check-layout: check-%: ready
	$(RUN) --only tests/$*/run.sh

# The figures go below the counts of the tests, and stay in $B.
check-import: ready
	@$(RUN) --only tests/import/run.sh; status=$$?; \
		cat $(B)/import-figures.txt; exit $$status

#: bench           time, memory, pages and bytes
bench: ready
	tests/bench/run.sh

#: bench-paragraphs  line breaking alone
bench-paragraphs: ready
	tests/bench/paragraphs.sh

#: pictures        the pictures of README.md, from the real booklet
pictures: ready handouts
	tests/pictures.sh

#: fuzz            hostile input at every door
fuzz: ready
	tests/fuzz/run.sh

#
# Reading the code
#
# Each source is read once by the compiler, all warnings on, and clang-tidy;
# what they said stays until the source, a header or the settings change.
LINT := $(SRC:%.c=$(B)/lint/%.said) $(B)/lint/src/main.said
LINT_TESTS := $(TEST_SRC:%.c=$(B)/lint/%.said)

#: lint            clang-tidy, cppcheck, and the rules of the rooms
lint: $(LINT) $(LINT_TESTS) $(B)/lint/cppcheck
	$(RUN) --only tests/lib/lint.sh

$(LINT): $(B)/lint/%.said: %.c $(HDR) .clang-tidy | setup
	@mkdir -p $(@D)
	$(call say,READ $<){ $(CC) $(ALL_CFLAGS) $(PKG_CFLAGS) -fsyntax-only \
		$<; clang-tidy --quiet $< -- $(ALL_CFLAGS) $(PKG_CFLAGS) \
		2>/dev/null; } >$@ 2>&1 || [ -s $@ ]

$(LINT_TESTS): $(B)/lint/%.said: %.c $(HDR) | setup
	@mkdir -p $(@D)
	$(call say,READ $<)$(CC) $(ALL_CFLAGS) -Itests $(PKG_CFLAGS) \
		-fsyntax-only $< >$@ 2>&1 || [ -s $@ ]

$(B)/lint/cppcheck: $(SRC) src/main.c $(HDR) | setup
	@mkdir -p $(@D)
	$(call say,READ src)cppcheck --quiet --std=c11 -Isrc -D_GNU_SOURCE \
		--enable=warning,performance,portability --inline-suppr \
		--suppress=missingIncludeSystem \
		--suppress=duplicateAssignExpression \
		--suppress=pointerOutOfBoundsCond \
		-j $$(nproc) src >$@ 2>&1 || [ -s $@ ]

#: format          clang-format over src/ and tests/
format: setup
	clang-format -i $(SRC) src/main.c $(HDR) $(wildcard tests/*/*.[ch])

#
# Installing
#
#: install         program, man page, styles, fonts; PREFIX=, DESTDIR=
install: $(DABIR)
	install -D -m 755 $(DABIR) $(DESTDIR)$(PREFIX)/bin/dabir
	[ ! -e docs/dabir.1 ] || install -D -m 644 docs/dabir.1 \
		$(SHARE)/man/man1/dabir.1
	for f in $$(find styles -type f ! -name peers.yaml) fonts/manifest.yaml fonts/package.json \
		fonts/package-lock.json $$(find fonts/files -type f ! -name '.*'); \
	do \
		install -D -m 644 $$f $(SHARE)/dabir/$$f || exit; \
	done
	for f in README.md README.fa.md CHANGELOG.md LICENSE THIRD-PARTY.md; do \
		install -D -m 644 $$f $(SHARE)/doc/dabir/$$f || exit; \
	done
	for f in docs/*.md docs/report.schema.json; do \
		install -D -m 644 $$f $(SHARE)/doc/dabir/$$f || exit; \
	done
	for f in words/files/fa*; do \
		[ ! -e $$f ] || install -D -m 644 $$f \
			$(SHARE)/dabir/words/$${f##*/} || exit; \
	done
	for f in build/icc/*.icc; do \
		install -D -m 644 $$f $(SHARE)/dabir/icc/$${f##*/} || exit; \
	done

#: uninstall       what install put there, with the same PREFIX and DESTDIR
uninstall:
	rm -rf $(DESTDIR)$(PREFIX)/bin/dabir $(SHARE)/man/man1/dabir.1 \
		$(SHARE)/dabir $(SHARE)/doc/dabir

#: clean           what was compiled
clean:
	rm -rf $(B)/obj $(B)/tests $(B)/replay $(B)/lint $(B)/san $(LIB) $(DABIR)

#: distclean       all that make ever made or brought into this folder
distclean:
	rm -rf build fonts/files

help:
	@sed -n 's/^#: /  make /p' Makefile

FORCE:

.PHONY: all booklet handouts setup fonts check accept unit ready san \
	extraction check-pdf check-layout check-import bench bench-paragraphs \
	pictures fuzz lint format install uninstall clean distclean help FORCE
