/* SPDX-License-Identifier: MIT */
/*
 * Text in XML 1.0.  What it cannot carry, and what must not be shown to
 * people as it is, comes out as a visible escape, as in safe.h.
 */
#ifndef TOOLS_XML_H
#define TOOLS_XML_H

#include <stddef.h>
#include <stdio.h>

/* Line ends stay what they are. */
void	 xml_text(FILE *, const char *text, size_t length);
/* A blank, and the attribute with its value in quotes. */
void	 xml_attribute(FILE *, const char *name, const char *value);

#endif
