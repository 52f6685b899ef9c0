# Dabir. `make help` lists what can be asked for.
#
# Nothing here runs a program while the file is read: a machine that has only
# git and make must be able to read it. Whatever asks pkg-config, or looks for
# packages, happens inside a recipe, after set-up.

.DEFAULT_GOAL := all
.DELETE_ON_ERROR:
MAKEFLAGS += --no-builtin-rules
SHELL = /bin/sh

# Where everything is made. `make san` uses a folder of its own below it.
B := build

CC = gcc
OPTIMISE = -O2 -g
WARN = -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wvla
CFLAGS = $(OPTIMISE)
PREFIX = /usr/local

ALL_CFLAGS = -std=c11 -D_GNU_SOURCE -Isrc $(WARN) $(CFLAGS) $(SANITIZE)
ALL_LDFLAGS = -Wl,--as-needed $(LDFLAGS) $(SANITIZE)

# Asked once in a run of make, the first time that a recipe needs it.
PKGS = harfbuzz harfbuzz-subset freetype2 fribidi yaml-0.1 icu-i18n icu-uc \
	jansson libpng libjpeg lcms2 fontconfig libuv libdeflate libcmark-gfm
PKG_CFLAGS = $(eval PKG_CFLAGS := $$(subst -I,-isystem ,$$(shell \
	pkg-config --cflags $(PKGS))))$(PKG_CFLAGS)
PKG_LIBS = $(eval PKG_LIBS := $$(shell pkg-config --libs $(PKGS)))$(PKG_LIBS)
LIBS = $(PKG_LIBS) -lhpdf -lz -lm -lpthread

SRC := $(sort $(wildcard src/*/*.c))
OBJ := $(SRC:%.c=$(B)/obj/%.o)
MAIN := $(B)/obj/src/main.o
LIB := $(B)/libdabir.a
DABIR := $(B)/dabir

# Each tests/ROOM/test_NAME.c is a program of its own.
UNIT_SRC := $(sort $(wildcard tests/*/test_*.c))
UNIT := $(UNIT_SRC:%.c=$(B)/%)

#
# The program
#
all: $(DABIR)

$(DABIR): $(MAIN) $(LIB)
	$(CC) $(ALL_LDFLAGS) -o $@ $(MAIN) $(LIB) $(LIBS)

$(LIB): $(OBJ) $(B)/obj/sources
	@rm -f $@
	ar rcs $@ $(OBJ)

$(B)/obj/%.o: %.c $(B)/obj/flags
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) $(PKG_CFLAGS) -MMD -MP -c -o $@ $<

# Two records that change only when their contents do: another compiler or
# other flags make every object again, a source gone makes the archive again.
define record
	@mkdir -p $(@D); echo '$(1)' | cmp -s - $@ || echo '$(1)' >$@
endef

$(B)/obj/flags: FORCE
	$(call record,$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS))

$(B)/obj/sources: FORCE
	$(call record,$(SRC))

-include $(OBJ:.o=.d) $(MAIN:.o=.d) $(UNIT:%=%.d)

#
# Tests
#
unit: $(UNIT)

$(UNIT): $(B)/tests/%: tests/%.c $(LIB) $(B)/obj/flags
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -Itests $(PKG_CFLAGS) -MMD -MP -MF $@.d \
		$(ALL_LDFLAGS) -o $@ $< $(LIB) $(LIBS) -lcmocka

clean:
	rm -rf $(B)/obj $(B)/tests $(B)/san $(LIB) $(DABIR)

distclean:
	rm -rf build fonts/files fonts/node_modules

FORCE:

.PHONY: all unit clean distclean FORCE
