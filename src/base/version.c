/* What the doors lead to. */
#include <unicode/uversion.h>
#include <yaml.h>

#include "base/base.h"
#include "base/jansson.h"

const char *
base_library(void)
{
	static _Thread_local char text[96];

	snprintf(text, sizeof(text), "ICU %s, libyaml %s, jansson %s",
	    U_ICU_VERSION, yaml_get_version_string(), JANSSON_VERSION);
	return text;
}
