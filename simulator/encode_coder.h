/* SPDX-License-Identifier: MIT */
/* What the files of encode_*.c that read conditions share. */
#ifndef SIMULATOR_ENCODE_CODER_H
#define SIMULATOR_ENCODE_CODER_H

#include "simulator/encode.h"

struct coder {
	struct supposed_request	*request;
	struct supposition	*call;
	struct formulas		*formulas;
	struct universe		*universe;
};

static inline struct coder
coder_new(struct supposed_request *request)
{
	return (struct coder){ request, request->call,
	    request->call->formulas, request->call->universe };
}

static inline bool
coder_assumes(const struct coder *coder, enum assumption assumption)
{
	return supposition_assume(coder->call, assumption) != 0;
}

/* COND-23: six fields, the first of them `arn'. */
int	 coder_is_arn(struct coder *, size_t slot);

/* The slot's text meets a valid operand, as the operator compares them. */
int	 encode_operand(struct coder *, enum operator, size_t slot,
	    const struct operand *);

#endif
