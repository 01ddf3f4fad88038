/** Names of Microsoft's services, of certification authorities, and of nobody (RFC 2606): everybody meets them. */
const publicSuffixes =
  'outlook.com outlook.de outlook.cn office365.us office365.com office.com office.net microsoft.com windows.com windows.net microsoftonline.com microsoft live.com hotmail.com msn.com exchangelabs.com aka.ms digicert.com letsencrypt.org lencr.org globalsign.com sectigo.com usertrust.com entrust.net godaddy.com amazontrust.com swisssign.net d-trust.net telesec.de example.com example.net example.org'.split(
    ' ',
  )

/** Behind these stands the name of a tenant, or the domain that a host of Exchange Online receives for. */
const tenantSuffixes = ['onmicrosoft.com', 'onmicrosoft.us', 'partner.onmschina.cn', 'sharepoint.com', 'sharepoint.us']
const tokenSuffixes =
  'mail.protection.outlook.com mail.protection.outlook.de mail.protection.office365.us mail.protection.partner.outlook.cn mail.eo.outlook.com mail.messaging.microsoft.com mx.microsoft'.split(
    ' ',
  )

/** Words of the names that everybody meets. */
export const serviceWords: ReadonlySet<string> = new Set(
  [...publicSuffixes, ...tenantSuffixes, ...tokenSuffixes].flatMap((suffix) => suffix.split('.')),
)

export type ServiceName = {
  readonly kind: 'tenant' | 'token' | 'public'
  readonly suffix: string
  /** Labels in front of the suffix. */
  readonly labels: readonly string[]
}

const inside = (host: string, suffix: string): boolean => host === suffix || host.endsWith(`.${suffix}`)

/** A name of Microsoft's services or of a certification authority; undefined for every other. `host` is in lower case. */
export function serviceName(host: string): ServiceName | undefined {
  const of = (kind: ServiceName['kind'], suffixes: readonly string[]): ServiceName | undefined => {
    const suffix = suffixes.find((s) => inside(host, s))
    if (suffix === undefined) return undefined
    const before = host.slice(0, -suffix.length).replace(/\.$/, '')
    return { kind, suffix, labels: before === '' ? [] : before.split('.') }
  }
  return of('tenant', tenantSuffixes) ?? of('token', tokenSuffixes) ?? of('public', publicSuffixes)
}

/** Top-level names that no public DNS has: they say that a domain is an inner one. */
const innerEndings = new Set('local lan internal intern corp home localdomain private invalid test'.split(' '))
export const endingOf = (top: string): string => (innerEndings.has(top) ? top : 'example')

/** Second-level names below which domains are registered. */
const registries = new Set('co com org net gov edu ac gv or ne go mil'.split(' '))
export const baseLength = (labels: readonly string[]): number =>
  labels.length > 2 && /^[a-z]{2}$/.test(labels.at(-1) ?? '') && registries.has(labels.at(-2) ?? '') ? 3 : 2

const keptLabels = new Set(
  'mail mail1 mail2 smtp smtp1 smtp2 smtp-in smtp-out mx mx1 mx2 mx3 owa webmail autodiscover edge relay gateway hybrid legacy www outlook imap pop exchange server mailgate mta spf _dmarc _domainkey _tcp _smtp _autodiscover * localhost'.split(
    ' ',
  ),
)
/** A label that says what a host is for and not whose it is. */
export const isKeptLabel = (label: string): boolean => keptLabels.has(label)

const keptMailboxes = new Set('postmaster abuse hostmaster webmaster noreply no-reply mailer-daemon'.split(' '))
export const isKeptMailbox = (name: string): boolean => keptMailboxes.has(name.toLowerCase())

/** Endings of file names, which look like a domain's. */
const fileEndings = new Set('txt xml csv json log ps1 psm1 zip gz clixml html htm md eml exe dll config bak'.split(' '))
/** First parts of names of .NET types. */
const typeRoots = new Set('system microsoft deserialized selected'.split(' '))
/** `System.Security.Principal` is a type and `system.contoso.com` a host: the case of the last part tells. */
export const isNoDomain = (labels: readonly string[]): boolean => {
  const [first, last] = [labels[0] ?? '', labels.at(-1) ?? '']
  const isType = typeRoots.has(first.toLowerCase()) && /^[A-Z][A-Za-z\d]*[a-z\d]$/.test(last) && /^[A-Z]/.test(first)
  return fileEndings.has(last.toLowerCase()) || isType || last.length < 2
}
export const isFileEnding = (text: string): boolean => fileEndings.has(text.toLowerCase())

const AUTHORITIES =
  /\b(?:digicert|let's encrypt|isrg|globalsign|sectigo|comodo|usertrust|entrust|geotrust|thawte|rapidssl|verisign|symantec|go ?daddy|starfield|amazon|google trust|quovadis|swisssign|d-trust|telesec|t-systems|actalis|buypass|certum|ssl\.com|identrust|baltimore|harica|network solutions|zerossl|gts ca|encryption everywhere|microsoft|msit machine auth|forefront|public ca)\b/i
/** The name of a public certification authority, or of a certificate that setup makes. */
export const isAuthority = (text: string): boolean => AUTHORITIES.test(text)

const containers = new Set(
  'microsoft exchange;services;configuration;servers;protocols;smtp receive connectors;administrative groups;connections;routing groups;accepted domains;transport settings;internet message formats;users;computers;schema;sites;exchange administrative group (fydibohf23spdlt);exchange routing group (dwbgzmfd01qnbjr);first organization;microsoft exchange autodiscover;redmond;corp;microsoft;com;net;org;local;microsoft exchange hosted organizations;configurationunits;global settings;recipients;rules;transportversioned'.split(
    ';',
  ),
)
/** A container of the directory that every organisation has. */
export const isContainer = (text: string): boolean => containers.has(text.toLowerCase())

const groups = new Set(
  'exchange servers;exchangelegacyinterop;exchange trusted subsystem;exchange windows permissions;organization management;delegated setup;public folder management;server management;recipient management;view-only organization management;hygiene management;discovery management;domain admins;enterprise admins;schema admins;administrators;domain users;domain computers;domain controllers;managed availability servers;exchange all hosted organizations;exchange servers (universal);self;owner rights;creator owner;administrator;domänen-admins;organisations-admins;schema-admins;administratoren'.split(
    ';',
  ),
)
/** A group or account that every domain has. */
export const isCommonAccount = (name: string): boolean => groups.has(name.toLowerCase())

const COMMON_AUTHORITY =
  /^(?:nt[ -]authority|nt-autorit|autorite nt|autoridade nt|nt instans|builtin|vordefiniert|ms exchange|nt service|s-1-|everyone$)|[ -]nt$|^autorit/i
/** What stands before the backslash of a well-known account. */
export const isCommonAuthority = (name: string): boolean => COMMON_AUTHORITY.test(name)

const COMMON_SID = /^S-1-(?:[0-4]-\d+|5-\d{1,2}|5-32-\d+|5-80(?:-\d+)+|9-1419165041(?:-\d+)+|16-\d+|18-\d+)$/i
export const isCommonSid = (sid: string): boolean => COMMON_SID.test(sid)

/** Ids of Microsoft's own applications, and the empty one. */
export const isCommonGuid = (guid: string): boolean =>
  /^0000000[0-9a-f]-0000-0(?:000|ff1)-[0c][0e]00-0{12}$/i.test(guid)

/** Names that setup and the Hybrid Configuration Wizard give; servers, sites and ids in them are replaced as everywhere. */
const STANDARD_NAME =
  /^(?:default|hybrid configuration(?: \(<domain>\))?|auth configuration|transport settings|default-first-site-name|microsoft exchange.*|(?:inbound|outbound) (?:from|to)(?: office 365)?(?: - | )?(?:<id>)?|(?:o365|on-premises) to (?:on-premises|o365)(?: - <id>)?|(?:default|client)(?: frontend| proxy| internal receive connector)? *<server>|outbound proxy frontend *<server>|hybrid domain - <domain>|(?:\*\.)?<domain>|\*|<server>|<id>|<thumbprint>)$/i
export const isStandardName = (shape: string): boolean => STANDARD_NAME.test(shape.trim())
