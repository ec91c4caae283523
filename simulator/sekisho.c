/* SPDX-License-Identifier: MIT */
/* Desks, and what the library is. */
#include "config.h"

#include "policy/catalog.h"
#include "simulator/sekisho.h"

const char *
sekisho_version(void)
{
	return PACKAGE_VERSION;
}

const char *
sekisho_catalog_date(void)
{
	return catalog_builtin.date;
}

const char *
sekisho_verdict_name(enum sekisho_verdict verdict)
{
	switch (verdict) {
	case SEKISHO_NO_VERDICT:
		break;
	case SEKISHO_EXPLICITLY_DENIED:
		return "ExplicitlyDenied";
	case SEKISHO_IMPLICITLY_DENIED:
		return "ImplicitlyDenied";
	case SEKISHO_DEPENDS:
		return "Depends";
	case SEKISHO_UNKNOWN:
		return "Unknown";
	case SEKISHO_ALLOWED:
		return "Allowed";
	}
	return "NoVerdict";
}

const char *
sekisho_proof_name(enum sekisho_proof proof)
{
	switch (proof) {
	case SEKISHO_UNDECIDED:
		break;
	case SEKISHO_BROKEN:
		return "broken";
	case SEKISHO_HOLDS:
		return "holds";
	}
	return "undecided";
}

const char *
sekisho_severity_name(enum sekisho_severity severity)
{
	switch (severity) {
	case SEKISHO_ERROR:
		break;
	case SEKISHO_SECURITY:
		return "security";
	case SEKISHO_WARNING:
		return "warning";
	case SEKISHO_NOTE:
		return "note";
	case SEKISHO_CLEAN:
		return "clean";
	}
	return "error";
}
