/* SPDX-License-Identifier: MIT */
/*
 * The policies that AWS keeps in stock: it attaches them to every root, unit
 * and account by itself, and whoever names one needs no document.
 */
#ifndef SIMULATOR_STOCK_H
#define SIMULATOR_STOCK_H

#include "policy/arena.h"
#include "policy/layer.h"

/* A document that allows everything to whomever it is attached to. */
extern const char stock_everything[];

struct stock {
	enum layer	 layer;
	const char	*name;
	const char	*document;
};

/* That of SCPs or of RCPs; NULL: the layer has none. */
const struct stock	*stock_of(enum layer);

/* A policy of that name is one of them. */
bool			 stock_has(const char *name);

/* Reads it; it has no faults. */
const struct policy	*stock_read(struct arena *, const struct stock *);

#endif
