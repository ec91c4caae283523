/* SPDX-License-Identifier: MIT */
/*
 * Finding policies in the documents that people have on disk.  What a policy
 * is made of, and what is wrong in one, the reader knows.
 */
#include "config.h"

#include <string.h>
#include <strings.h>

#include "policy/arn.h"
#include "policy/catalog.h"
#include "policy/envelope.h"
#include "policy/list.h"
#include "policy/reader.h"

enum { PARTS_MAX = 8 };	/* of a name that is made of parts */

const struct complaint envelope_complaints[] = {
	[ENVELOPE_UNJUDGED_POLICY] = {
		.id = "unjudged-policy",
		.severity = SEVERITY_NOTE,
		.says = "a function of the template makes the policy, which "
		    "is not judged",
		.why = "What it makes is known when the template is deployed, "
		    "and nobody has looked at it here. Write the policy as an "
		    "object, in which single values may be functions, or "
		    "judge the one that is in force.",
		.fires_on = "raw {'PolicyDocument': {'Fn::Sub': "
		    "'{ 2012-10-17 ${Statements} }'}}",
		.quiet_on = "raw {'PolicyDocument': {'Version': "
		    "'2012-10-17', 'Statement': {'Fn::Sub': 'x'}}}",
	},
	[ENVELOPE_COMPLAINT_COUNT] = { .id = NULL },
};

struct search {
	struct arena		*arena;
	struct report		*report;
	const struct text	*text;		/* the outermost or an inner one */
	enum vouch		 vouch;
	bool			 broken, known, unjudged; /* struct document */
	LIST(struct reading)	 items;
	LIST(const struct text *) texts;
};

typedef const struct policy *read_document(struct arena *,
    const struct text *, const struct node *, struct report *);

static void
add(struct search *search, read_document *read, const struct node *node,
    struct reading reading)
{
	reading.policy = read(search->arena, search->text, node,
	    search->report);
	*list_add(search->arena, &search->items) = reading;
}

/* How a name speaks of the policies that stand near it. */
enum role {
	HOLDS,			/* a member: the policy, as an object or as a
				 * string of JSON, or several of them */
	HOLDS_STATEMENTS,	/* a member: statements without a policy */
	HOLDS_PART,		/* a member: a statement that AWS completes, of
				 * which nothing can be said */
	BESIDE_STATEMENT,	/* a member of the object whose `Statement' is
				 * one without a policy */
	BESIDE,			/* a member of the object that holds one */
	BESIDE_TEXT,		/* the same, if that is a string in `Policy' */
	AROUND,			/* a member that only an envelope has, whatever
				 * it holds */
	AROUND_LIST,		/* the same, if that is an array */
	AROUND_MAP,		/* the same, if that is an object */
	SUMMARY,		/* a member that holds the type */
	TYPE,			/* a member that is the type of what it is in */
	VALUE,			/* one of these types */
	ENDPOINT_TYPE,		/* a member: gateway or interface */
	ENDPOINT_SERVICE	/* a member: "com.amazonaws.eu-west-1.s3" */
};

struct envelope {
	const char		*name;
	enum role		 role;
	layer_set		 layers;	/* none: it does not say */
	const char		*service;	/* prefix, or NULL */
	enum endpoint_kind	 endpoint_kind;
};

#define AWS(TYPE, LAYER, SERVICE) \
	{ "AWS::" TYPE, VALUE, LAYER_SET(LAYER), SERVICE, 0 }
#define TERRAFORM(TYPE, LAYER, SERVICE) \
	{ "aws_" TYPE, VALUE, LAYER_SET(LAYER), SERVICE, 0 }
/* What a managed policy is can be seen only where it is used. */
#define LAYERS_MANAGED	(LAYER_SET(IDENTITY) | LAYER_SET(BOUNDARY))

static const struct envelope envelopes[] = {
#include "policy/envelopes.def"
};

static const struct envelope *
find_envelope(const char *name, size_t length)
{
	return name_find(envelopes, sizeof(envelopes) / sizeof(envelopes[0]),
	    sizeof(envelopes[0]), name, length);
}

/* The nearest word counts: what is said later overrules what was said. */
static void
heed(struct search *search, struct reading *reading,
    const struct envelope *envelope, const char *where)
{
	if (envelope->layers == 0)
		return;
	if (envelope->service != NULL ||
	    envelope->layers != reading->candidates)
		reading->service = envelope->service;
	reading->layer_known = true;
	reading->candidates = envelope->layers;
	reading->layer = layer_first(envelope->layers);
	if (envelope->endpoint_kind != ENDPOINT_KIND_UNKNOWN)
		reading->endpoint_kind = envelope->endpoint_kind;
	reading->reason = arena_printf(search->arena, "it stands %s `%s`",
	    where, envelope->name);
}

static void
heed_type(struct search *search, struct reading *reading,
    const struct node *type)
{
	const struct envelope *envelope;

	if (type == NULL || type->kind != NODE_STRING)
		return;
	envelope = find_envelope(type->text, type->length);
	if (envelope == NULL || envelope->role != VALUE)
		return;
	search->known = true;
	heed(search, reading, envelope, "under");
}

static bool
is_arn(const struct node *node)
{
	return node->kind == NODE_STRING &&
	    strncmp(node->text, "arn:", 4) == 0 &&
	    strlen(node->text) == node->length &&
	    strpbrk(node->text, "*?") == NULL &&
	    arn_split(node->text, node->length).count == ARN_FIELD_COUNT;
}

static enum endpoint_kind
read_endpoint_kind(const struct node *node)
{
	if (node->kind != NODE_STRING)
		return ENDPOINT_KIND_UNKNOWN;
	if (node_is(node, "Gateway"))
		return ENDPOINT_KIND_GATEWAY;
	return node_is(node, "Interface") ? ENDPOINT_KIND_INTERFACE :
	    ENDPOINT_KIND_UNKNOWN;
}

/* {"Fn::Join": [separator, [part, ...]]}; what is no string is the region. */
static const char *
join_parts(struct arena *arena, const struct node *join)
{
	const struct node *separator = join->first;
	const char *name = NULL;

	if (separator == NULL || separator->kind != NODE_STRING ||
	    separator->next == NULL || separator->next->count > PARTS_MAX)
		return NULL;
	for (const struct node *part = separator->next->first; part != NULL;
	    part = part->next)
		name = arena_printf(arena, "%s%s%s", name == NULL ? "" : name,
		    name == NULL ? "" : separator->text,
		    part->kind == NODE_STRING ? part->text : "${Region}");
	return name;
}

/* A name, also one that CloudFormation is to make. */
static const char *
read_name(struct arena *arena, const struct node *node)
{
	const struct node *made = node;

	if (node->kind == NODE_OBJECT && node->count == 1)
		made = node->first;
	if (made->kind == NODE_STRING)
		return made->text;
	return made != node && strcmp(made->key, "Fn::Join") == 0 ?
	    join_parts(arena, made) : NULL;
}

static bool
holds_text(const struct node *object)
{
	const struct node *policy = node_find(object, "Policy");

	return policy != NULL && policy->kind == NODE_STRING;
}

static void
heed_member(struct search *search, struct reading *reading,
    const struct node *member)
{
	const struct envelope *envelope = find_envelope(member->key,
	    member->key_length);

	switch (envelope == NULL ? HOLDS : envelope->role) {
	case HOLDS:
	case HOLDS_STATEMENTS:
	case HOLDS_PART:
	case BESIDE_STATEMENT:
	case VALUE:
	case AROUND:
	case AROUND_LIST:
	case AROUND_MAP:
		return;
	case BESIDE:
		heed(search, reading, envelope, "beside");
		if (is_arn(member))
			reading->attached = member->text;
		return;
	case BESIDE_TEXT:
		if (holds_text(member->parent))
			heed(search, reading, envelope, "beside");
		return;
	case SUMMARY:
		search->known = true;
		heed_type(search, reading, node_find(member, "Type"));
		return;
	case TYPE:
		heed_type(search, reading, member);
		return;
	case ENDPOINT_TYPE:
		reading->endpoint_kind = read_endpoint_kind(member);
		return;
	case ENDPOINT_SERVICE:
		reading->endpoint = read_name(search->arena, member);
		return;
	}
}

/* What an object says of the policies in it, besides what is said of it. */
static struct reading
heed_object(struct search *search, const struct node *object,
    const struct reading *around)
{
	static const struct envelope answer = { "Policy", HOLDS,
	    LAYER_SET(RESOURCE), NULL, 0 };
	struct reading reading = *around;

	reading.attached = reading.endpoint = NULL;
	/* so answer get-bucket-policy and its kin, and only these */
	if (search->text->root == object && object->count == 1 &&
	    holds_text(object) &&
	    strstr(object->first->text, "Principal") != NULL)
		heed(search, &reading, &answer, "alone in");
	for (const struct node *member = object->first; member != NULL;
	    member = member->next)
		heed_member(search, &reading, member);
	return reading;
}

static unsigned
hex_digit(char c)
{
	return c >= 'a' ? (unsigned)(c - 'a' + 10) :
	    c >= 'A' ? (unsigned)(c - 'A' + 10) : (unsigned)(c - '0');
}

static bool
is_escape(const char *text, size_t left)
{
	static const char digits[] = "0123456789abcdefABCDEF";

	return left >= 3 && text[0] == '%' && text[1] != '\0' &&
	    text[2] != '\0' && strchr(digits, text[1]) != NULL &&
	    strchr(digits, text[2]) != NULL;
}

/* The API (not the AWS command) gives documents percent-encoded. */
static const struct source *
decode_percent(struct arena *arena, const struct source *outer,
    const struct node *node, const size_t *origin)
{
	char *bytes = arena_alloc(arena, node->length + 1);
	size_t *map = arena_array(arena, node->length + 1, sizeof(*map));
	size_t length = 0;

	for (size_t i = 0; i < node->length; i++) {
		map[length] = origin[i];
		if (is_escape(node->text + i, node->length - i)) {
			bytes[length++] = (char)(hex_digit(node->text[i + 1])
			    << 4 | hex_digit(node->text[i + 2]));
			i += 2;
		} else {
			bytes[length++] = node->text[i];
		}
	}
	map[length] = origin[node->length];
	return source_inside(arena, outer, bytes, length, map);
}

const struct text *
envelope_read_string(struct arena *arena, const struct source *outer,
    const struct node *node, struct report *report)
{
	const size_t *origin = node_origins(arena, outer, node);

	return text_read(arena, strncasecmp(node->text, "%7B", 3) == 0 ?
	    decode_percent(arena, outer, node, origin) :
	    source_inside(arena, outer, node->text, node->length, origin),
	    report);
}

static bool
looks_like_json(const struct node *string)
{
	size_t blanks = strspn(string->text, " \t\r\n");

	return string->text[blanks] == '{' ||
	    strncasecmp(string->text, "%7B", 3) == 0;
}

/* Of what is no JSON: whether a policy was to be there. */
static bool
was_to_be_policy(const struct node *string)
{
	return strstr(string->text, "Statement") != NULL ||
	    strstr(string->text, "Effect") != NULL ||
	    strstr(string->text, "2012-10-17") != NULL ||
	    strstr(string->text, "2008-10-17") != NULL;
}

/*
 * A statement alone is taken for a policy, to be told that it is none.  Where
 * it is known what kind of policy is held, nothing else can stand.
 */
static bool
is_document(const struct node *object, bool held,
    const struct reading *reading)
{
	return reader_is_policy(object, held) ||
	    reader_is_statement(object) ||
	    (held && reading->layer_known && reader_recognises(object));
}

static void
read_inner(struct search *search, const struct node *node,
    struct reading reading)
{
	const struct text *outer = search->text;

	search->text = envelope_read_string(search->arena, outer->source,
	    node, search->report);
	*list_add(search->arena, &search->texts) = search->text;
	search->report->source = search->text->source;
	if (search->text->root == NULL)
		search->broken |= search->vouch != VOUCH_NONE ||
		    was_to_be_policy(node);
	else if (search->text->root->kind == NODE_OBJECT &&
	    is_document(search->text->root, true, &reading))
		add(search, reader_read_policy, search->text->root, reading);
	search->text = outer;
	search->report->source = outer->source;
}

/*
 * What a plan says of the past, or says again: the state before it, what each
 * change replaces, and the changes that lead to the planned values, which are
 * all of what will be.
 */
static bool
is_of_the_past(const struct node *member)
{
	const struct node *object = member->parent, *planned;

	if (strcmp(member->key, "before") == 0)
		return node_find(object, "after") != NULL &&
		    node_find(object, "actions") != NULL;
	planned = node_find(object, "planned_values");
	return planned != NULL && planned->count > 0 &&
	    word_is_among(member->key, member->key_length,
	    "prior_state resource_drift resource_changes output_changes");
}

static void	 visit(struct search *, const struct node *,
		    const struct reading *);

/* Some string in it, or in its siblings, is of a policy. */
static bool
speaks_of_policy(const struct node *node)
{
	bool speaks = false;

	for (; node != NULL && !speaks; node = node->next)
		speaks = node->kind == NODE_STRING ? was_to_be_policy(node) :
		    speaks_of_policy(node->first);
	return speaks;
}

/* A function makes the policy; names such as `Content' are also of others. */
static bool
is_made_policy(const struct node *node, const struct reading *reading)
{
	return reader_is_intrinsic(node) &&
	    (node->first->kind != NODE_STRING ||
	    !node_is(node->first, "AWS::NoValue")) &&
	    (reading->layer_known || speaks_of_policy(node->first));
}

static void
tell_unjudged(struct search *search, const struct node *function)
{
	search->unjudged = search->known = true;
	report_add(search->report,
	    &envelope_complaints[ENVELOPE_UNJUDGED_POLICY],
	    function->key_span, "the policy is made by `%s`, and is not "
	    "judged", function->key);
}

/* The value of a member that holds policies, or a branch of one. */
static void
visit_held(struct search *search, const struct node *node,
    const struct reading *reading)
{
	size_t count = search->items.count;

	if (node->kind == NODE_STRING && looks_like_json(node)) {
		read_inner(search, node, *reading);
	} else if (reader_is_intrinsic(node) &&
	    strcmp(node->first->key, "Fn::If") == 0) {
		for (const struct node *branch = node->first->first;
		    branch != NULL; branch = branch->next)
			visit_held(search, branch, reading);
	} else {
		visit(search, node, reading);
		if (search->items.count == count &&
		    is_made_policy(node, reading))
			tell_unjudged(search, node->first);
	}
}

static void
visit_member(struct search *search, const struct node *member,
    struct reading reading)
{
	const struct envelope *envelope = find_envelope(member->key,
	    member->key_length);
	bool holds = envelope != NULL && envelope->role == HOLDS;

	/* Terraform's own JSON has the type of a resource as a key. */
	search->known |= envelope != NULL && envelope->role == VALUE;
	if (holds || (envelope != NULL && envelope->role == VALUE))
		heed(search, &reading, envelope, "in");
	if (holds)
		visit_held(search, member, &reading);
	else
		visit(search, member, &reading);
}

/* What the member says that the object stands in; functions and arrays may
 * come between.  A whole document is where a policy should be. */
static enum role
role_around(const struct node *object)
{
	const struct envelope *envelope;

	while (object->parent != NULL && (object->key == NULL ||
	    strncmp(object->key, "Fn::", 4) == 0))
		object = object->parent;
	if (object->parent == NULL)
		return HOLDS;
	envelope = find_envelope(object->key, object->key_length);
	return envelope == NULL ? AROUND : envelope->role;
}

static bool
has_role(const struct node *object, enum role role)
{
	for (const struct node *member = object->first; member != NULL;
	    member = member->next) {
		const struct envelope *envelope = find_envelope(member->key,
		    member->key_length);

		if (envelope != NULL && envelope->role == role)
			return true;
	}
	return false;
}

/* Reads the object if it is a policy or a statement. */
static bool
take(struct search *search, const struct node *object,
    const struct reading *reading)
{
	enum role role = role_around(object);
	const struct node *statement = node_find(object, "Statement");
	bool beside = statement != NULL && role != HOLDS &&
	    has_role(object, BESIDE_STATEMENT);

	if (!is_document(object, role == HOLDS, reading) &&
	    !(beside && reading->layer_known))
		return false;
	if (beside)
		add(search, reader_read_statements, statement, *reading);
	else if (role == HOLDS_STATEMENTS && statement == NULL)
		add(search, reader_read_statements, object, *reading);
	else if (role != HOLDS_PART || statement != NULL)
		add(search, reader_read_policy, object, *reading);
	return true;
}

/* Looks for policies; as deep as the text is, which has a limit. */
static void
visit(struct search *search, const struct node *node,
    const struct reading *around)
{
	struct reading reading = *around;

	if (node->kind == NODE_OBJECT && take(search, node, around))
		return;
	if (node->kind == NODE_OBJECT)
		reading = heed_object(search, node, around);
	for (const struct node *child = node->first; child != NULL;
	    child = child->next) {
		if (node->kind != NODE_OBJECT)
			visit(search, child, &reading);
		else if (!is_of_the_past(child))
			visit_member(search, child, reading);
	}
}

/* It has a member that says so. */
static bool
is_envelope(const struct node *root)
{
	bool known = false;

	for (const struct node *member = root->first; member != NULL &&
	    root->kind == NODE_OBJECT; member = member->next) {
		const struct envelope *envelope = find_envelope(member->key,
		    member->key_length);
		enum role role = envelope == NULL ? VALUE : envelope->role;

		known |= role == AROUND ||
		    (role == AROUND_LIST && member->kind == NODE_ARRAY) ||
		    (role == AROUND_MAP && member->kind == NODE_OBJECT);
	}
	return known;
}

/* Nothing in the document is a policy: is it one itself? */
static void
settle(struct search *search, const struct node *root)
{
	search->known |= is_envelope(root);
	if (!search->broken && (search->vouch == VOUCH_POLICY ||
	    (search->vouch == VOUCH_NAMED && !search->known)))
		add(search, reader_read_policy, root, (struct reading){ 0 });
}

struct document
envelope_read(struct arena *arena, const struct source *source,
    enum vouch vouch, struct report *report)
{
	struct search search = { .arena = arena, .report = report,
	    .vouch = vouch };
	const struct text *text;

	report->source = source;
	search.text = text = text_read(arena, source, report);
	*list_add(arena, &search.texts) = text;
	if (text->root != NULL) {
		visit(&search, text->root, &(struct reading){ 0 });
		if (search.items.count == 0)
			settle(&search, text->root);
	}
	return (struct document){ text, search.texts.items,
	    search.texts.count, search.items.items, search.items.count,
	    search.broken, search.unjudged,
	    search.known && search.items.count == 0 };
}
