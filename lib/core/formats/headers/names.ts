/**
 * Headers that tell which way a message took and what it was taken for: the trace of RFC 5321, authentication (RFC 8601, RFC 8617),
 * and what Exchange, its filters and Exchange Online stamp (Microsoft Learn, "Anti-spam message headers").
 */
const TRACE =
  /^(?:received(?:-spf)?|authentication-results(?:-original)?|arc-(?:seal|message-signature|authentication-results)|dkim-signature|x-(?:ms-exchange|forefront|microsoft|eopattributed|eoptenant|ms-publictraffictype|ms-traffictypediagnostic|ms-office365)[\w-]{0,80}|x-originator(?:org|ip)|x-originating-ip|x-sender-?ip|x-crosspremises[\w-]{0,60}|x-organizationheaderspreserved|x-ipw-[\w-]{1,40}|x-exchange-[\w-]{1,60})$/i
const KEPT_BESIDE = /^(?:message-id|date)$/i
/** Whom a message is from and to, and what about: not needed to explain its way. */
const PERSONAL =
  /^(?:subject|thread-topic|to|cc|bcc|from|sender|reply-to|return-path|delivered-to|x-original-to|x-envelope-(?:from|to)|resent-(?:from|to|cc)|x-ms-exchange-(?:parent-message-id|organization-originalenvelope[\w-]{1,40}))$/i
/** Headers beside those, by which a block that belongs together is known. */
const OTHER =
  /^(?:mime-version|content-[\w-]{1,40}|references|in-reply-to|thread-index|importance|priority|accept-language|auto-submitted|list-[\w-]{1,30}|user-agent|precedence|x-[\w-]{1,80}|spamdiagnostic[\w]{1,30})$/i

export const isTrace = (name: string): boolean => TRACE.test(name) && !PERSONAL.test(name)
export const isPersonal = (name: string): boolean => PERSONAL.test(name)
export const isKept = (name: string): boolean => isTrace(name) || KEPT_BESIDE.test(name)
export const isHeader = (name: string): boolean => isKept(name) || PERSONAL.test(name) || OTHER.test(name)
/** Servers put `Received` above all that a message already has, so that one below these belongs to another message. */
export const isWrittenByAuthor = (name: string): boolean =>
  KEPT_BESIDE.test(name) || /^(?:subject|from|to)$/i.test(name)
