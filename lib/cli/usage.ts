import { answerKeys, authKinds, origins } from '@/lib/core'
import type { OptionSpecs } from './args'

export const formats = ['json', 'text', 'markdown', 'sarif', 'csv'] as const
export type FormatName = (typeof formats)[number]

export const commonOptions = {
  format: { takes: 'a format', oneOf: formats },
  out: { takes: 'a file' },
  'as-of': { takes: 'a date, YYYY-MM-DD' },
  lang: { takes: 'en or de', oneOf: ['en', 'de'] },
  quiet: { takes: null },
  help: { takes: null },
  version: { takes: null },
  debug: { takes: null },
} as const satisfies OptionSpecs

const answer = { takes: 'KEY=VALUE', repeat: true } as const

export const analyseOptions = {
  ...commonOptions,
  'fail-on': { takes: 'a level', oneOf: ['critical', 'high', 'medium', 'low'] },
  baseline: { takes: 'a report file' },
  accept: { takes: 'a file' },
  effects: { takes: null },
  answer,
} as const satisfies OptionSpecs

export const exposureOptions = { ...commonOptions, answer } as const satisfies OptionSpecs

export const compareOptions = {
  ...exposureOptions,
  with: { takes: 'a PATH', repeat: true, rest: true },
  noise: { takes: null },
} as const satisfies OptionSpecs

export const redactOptions = {
  out: { takes: 'a folder' },
  restore: { takes: 'a key file' },
  answer,
  lang: commonOptions.lang,
  quiet: { takes: null },
  help: { takes: null },
  version: { takes: null },
  debug: { takes: null },
} as const satisfies OptionSpecs

export const traceOptions = {
  ...commonOptions,
  answer,
  from: { takes: 'an IP address' },
  origin: { takes: 'where the way begins', oneOf: origins },
  to: { takes: 'the name of a server' },
  port: { takes: 'a port' },
  'local-ip': { takes: 'an IP address' },
  tls: { takes: 'none or starttls', oneOf: ['none', 'starttls'] },
  'peer-cert': { takes: 'a name' },
  originator: { takes: 'a domain' },
  auth: { takes: 'a kind of sign-in', oneOf: authKinds },
  'mail-from': { takes: 'an address' },
  'rcpt-to': { takes: 'an address' },
  size: { takes: 'a number of bytes' },
} as const satisfies OptionSpecs

export const verifyLogOptions = {
  ...commonOptions,
  'data-dir': { takes: 'a folder' },
  head: { takes: 'NUMBER:SHA256' },
} as const satisfies OptionSpecs

const common = `  --format FORMAT   how the result is written (text on a terminal, else json)
  --out FILE        write the result to a file instead of standard output
  --as-of DATE      the day by which certificates are judged (default: the newest date in the exports, else today)
  --lang en|de      language of the result (default: en)
  --quiet           nothing on standard error but errors
  --debug           show where an internal error comes from
  --help  --version`

export const usage = `Postern audits hybrid Exchange mail flow from exports.

  postern analyse PATH…    files, folders, zip archives, - for standard input: report
  postern trace PATH…      --from IP …: the way of one message, step by step, with the lines that decide
  postern exposure PATH…   who may do what on every listener, for the whole address space
  postern compare OLD…     --with NEW…: what became of findings, and which properties differ
  postern rules [ID]       the catalogue of rules, or what one rule says
  postern redact PATH…     --out DIR: the same exports with pseudonyms, and the key that leads back
  postern collect          prints the script that collects the exports
  postern verify-log       whether the server's activity log is as it was written

Options of all commands:
${common}

postern COMMAND --help says more.
`

export const commandUsage: Readonly<Record<string, string>> = {
  analyse: `postern analyse PATH…   reads exports and reports what they show

PATH is a file, a folder (read with everything below it; names that begin with a dot are left out), a zip archive, or - for standard input.

  --format json|text|markdown|sarif|csv
  --fail-on LEVEL       exit with 1 where a finding of this level (critical, high, medium, low) or above counts
  --baseline FILE       an earlier report (json): only what is new or worse counts
  --accept FILE         accepted risks, JSON: [{ "rule", "object", "reason", "until" }]; object is an id, a finding or *
  --effects             what the change of each fix does to the other findings, worked out on the exports (takes longer)
  --answer KEY=VALUE    what exports cannot tell; may be repeated. Keys: ${answerKeys.join(', ')}
${common.split('\n').slice(1).join('\n')}

Exit codes: 0 done, 1 something at or above --fail-on, 2 wrong usage, 3 nothing readable, 4 internal error.
`,
  trace: `postern trace PATH… --from IP …   the way of one message: who answers, what it may do, where it goes on

PATH is as in analyse. Either --from or --origin says where the way begins. From a mailbox (--origin on-premises or
exchange-online) it needs --rcpt-to.

  --from IP             the address the session comes from
  --origin ${origins.join('|')}
                        where the message is at first, or what kind of sender the address belongs to
  --to SERVER           the server that is reached, or exchange-online
  --port N              (default: 25)
  --local-ip IP         the address of the server that is reached
  --tls none|starttls   (default: starttls)
  --peer-cert NAME      a name in the certificate that the client presents, for example mail.protection.outlook.com
  --originator DOMAIN   the tenant that sends (X-OriginatorOrg)
  --auth ${authKinds.join('|')}   (default: none)
  --mail-from ADDRESS   the sender; <> is the null sender
  --rcpt-to ADDRESS     the recipient
  --size BYTES
  --format json|text
  --answer KEY=VALUE    what exports cannot tell; may be repeated. Keys: ${answerKeys.join(', ')}
${common.split('\n').slice(1).join('\n')}

Exit codes: 0 done, whatever the answer is, 2 wrong usage, 3 nothing readable, 4 internal error.
`,
  exposure: `postern exposure PATH…   who may submit, relay, use own senders and count as internal, from which address

PATH is as in analyse. Every listener of every server, for all of IPv4 and IPv6, without sign-in and without a certificate.

  --format json|text
  --answer KEY=VALUE    what exports cannot tell; may be repeated. Keys: ${answerKeys.join(', ')}
${common.split('\n').slice(1).join('\n')}

Exit codes: 0 done, whatever the answer is, 2 wrong usage, 3 nothing readable, 4 internal error.
`,
  compare: `postern compare OLD… --with NEW…   two sets of exports of one organisation

OLD and NEW are as PATH in analyse; every PATH behind --with is one of the newer exports. What one of them does not show is no change:
a finding that nobody could look for again is not fixed, an object whose export is missing is not gone.

  --noise               also what always differs: dates of change, versions, GUIDs (in json it is marked, and always there)
  --format json|text
  --answer KEY=VALUE    what exports cannot tell; may be repeated. Keys: ${answerKeys.join(', ')}
${common.split('\n').slice(1).join('\n')}

Exit codes: 0 done, whatever differs, 2 wrong usage, 3 nothing readable in OLD or in NEW, 4 internal error.
`,
  redact: `postern redact PATH… --out DIR              the same exports with pseudonyms, and a key file
postern redact --restore KEY FILE… [--out DIR]   the way back: originals in place of the pseudonyms

Names of servers, domains, connectors, people and places, addresses, ids and thumbprints are replaced, each by the same pseudonym
everywhere; networks stay networks and ranges stay ranges, so that an analysis says the same of them. Comments and other texts that
people wrote are replaced as a whole. Every file is written as UTF-8, members of archives as files; a value that was wrapped stands in
one line. What is not recognised is left out, and so are protocol logs and headers of messages.

PATH is as in analyse. DIR is made, or is empty. DIR/key.json holds the originals: keep it, and do not pass it on.

  --out DIR         where the exports go; with --restore the files (default there: one FILE, to standard output)
  --restore KEY     key.json, or the key table (CSV) of a shared link: FILE is a redacted export, a report about one, what a guest took
                    away, or any text with pseudonyms; - for standard input
  --answer KEY=VALUE    what exports cannot tell, such as the encoding of a file; may be repeated
  --lang en|de      language of what is said about files that are left out (default: en)
  --quiet           nothing on standard error but errors
  --debug           show where an internal error comes from
  --help  --version

Exit codes: 0 done, 2 wrong usage, 3 nothing readable, 4 internal error.
`,
  rules: `postern rules [ID]   the catalogue of rules, or what one rule checks, why, how to fix it and when to ignore it

  --format text|json|markdown
${common.split('\n').slice(1).join('\n')}
`,
  'verify-log': `postern verify-log [FILE]   whether the activity log is as it was written

Without FILE the log of the server is read, also while it runs: from the database that DATABASE_URL names, else from the data
folder. With FILE an exported log is read (JSON lines).

  --data-dir FOLDER     the data folder of the server (default: DATA_DIR, else data)
  --head NUMBER:SHA256  an entry as you noted it earlier: the log must still hold the very same
  --format json|text
${common.split('\n').slice(1).join('\n')}

Exit codes: 0 whole, 1 damaged, 2 wrong usage, 3 no log to read, 4 internal error.
`,
  collect: `postern collect   prints Collect-Postern.ps1, the script that collects what an audit needs

It reads only and changes nothing: Get- cmdlets of Exchange, in Windows PowerShell 5.1 and PowerShell 7. It makes one zip file
that analyse takes as it is. Run it on a Mailbox server, on each Edge server, and in a window that is connected to Exchange Online:

  .\\Collect-Postern.ps1 [-Server EX01, EX02] [-LogHours 24] [-Pseudonyms] [-OutputPath FOLDER]
  .\\Collect-Postern.ps1 -Edge
  .\\Collect-Postern.ps1 -ExchangeOnline

  --out FILE        write the script to a file; one that is there and is something else is not overwritten
  --quiet           do not tell version and SHA-256 on standard error
  --help  --version
`,
}

/** Commands that the interface names and that this version does not have yet. */
export const laterCommands: readonly string[] = ['logs']
