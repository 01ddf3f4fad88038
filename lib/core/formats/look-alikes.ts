import type { Diagnostic } from '../model'

/**
 * Files of Exchange that people take for exports or protocol logs: known by name, and not read. `instead` is the key of what would
 * help (report/notices).
 */
type LookAlike = { readonly key: string; readonly instead: string; readonly test: RegExp }

// Fields of the logs: Microsoft Learn, "Message tracking", "Connectivity logging", "Protocol logging for POP3 and IMAP4",
// "Anti-spam agent logging". A log-type line names the log; the field list does where the first lines were left out.
const lookAlikes: readonly LookAlike[] = [
  {
    key: 'message-tracking-log',
    instead: 'instead-protocol-log',
    test: /^#Log-type:\s?Message Tracking Log|^#Fields:\s?date-time,client-ip,client-hostname/im,
  },
  {
    key: 'message-tracking-log',
    instead: 'instead-protocol-log',
    test: /^(?=[^\n]{0,4000}\bEventId\b)(?=[^\n]{0,4000}\bMessageSubject\b)(?=[^\n]{0,4000}\bRecipients\b)/im,
  },
  {
    key: 'message-tracking-log',
    instead: 'instead-protocol-log',
    test: /^(?:InternalMessageId|MessageLatency|RecipientStatus|OriginalClientIp|MessageSubject)\s{1,40}:\s/m,
  },
  {
    key: 'connectivity-log',
    instead: 'instead-protocol-log',
    test: /^#Log-type:\s?Transport Connectivity Log|^#Fields:\s?date-time,session,source,/im,
  },
  {
    key: 'connectivity-log',
    instead: 'instead-protocol-log',
    test: /^\d{4}-\d\d-\d\dT[\d:.]{8,16}Z,[0-9A-F]{16},[A-Za-z][^,\n]{0,40},[^,\n]{0,300},[-+>*],/m,
  },
  {
    key: 'imap-pop-log',
    instead: 'instead-protocol-log',
    test: /^#Log-type:\s?(?:IMAP4|POP3)|^#Fields:\s?dateTime,sessionId,seqNumber,sIp,cIp/im,
  },
  {
    key: 'imap-pop-log',
    instead: 'instead-protocol-log',
    test: /^\d{4}-\d\d-\d\dT[\d:.]{8,16}Z,[0-9A-F]{16},\d{1,9},[^,\n]{3,60}:\d{1,5},[^,\n]{3,60}:\d{1,5},/m,
  },
  {
    key: 'agent-log',
    instead: 'instead-protocol-log',
    test: /^#Log-type:\s?Agent Log|^#Fields:\s?Timestamp,SessionId,LocalEndpoint,/im,
  },
  {
    key: 'iis-log',
    instead: 'instead-protocol-log',
    test: /^#Software:\s?Microsoft Internet Information Services|^#Fields:\s?date time [a-z]/im,
  },
  {
    key: 'http-proxy-log',
    instead: 'instead-protocol-log',
    test: /^(?:#Fields:\s?)?DateTime,RequestId,MajorVersion,MinorVersion/im,
  },
  {
    key: 'message-trace',
    instead: 'instead-connectors-online',
    test: /^(?=[^\n]{0,4000}\bsender_address\b)(?=[^\n]{0,4000}\brecipient_(?:address|status)\b)/im,
  },
  {
    key: 'message-trace',
    instead: 'instead-connectors-online',
    test: /^(?=[^\n]{0,4000}\bSender ?Address\b)(?=[^\n]{0,4000}\bRecipient ?Address\b)|^MessageTraceId\s{1,40}:\s/im,
  },
  {
    key: 'queue-list',
    instead: 'instead-connectors',
    test: /^(?=[^\n]{0,4000}\bDeliveryType\b)(?=[^\n]{0,4000}\bMessageCount\b)|^(?:NextHopDomain|DeferredMessageCount)\s{1,40}:\s/im,
  },
  { key: 'exchange-log', instead: 'instead-protocol-log', test: /^#(?:Log-type|Software: Microsoft Exchange)/im },
  {
    key: 'dns-answer',
    instead: 'instead-nothing',
    test: /\bmail exchanger = |\bMX preference = |^(?:Non-authoritative answer|Nicht autorisierende Antwort|Nicht autorisierte Antwort|R\u00e9ponse ne faisant pas autorit\u00e9)\s?:|^;; ANSWER SECTION:|\bIN\s{1,20}(?:MX|TXT|SPF)\s|^Name\s{1,60}Type\s{1,10}TTL\s{1,10}Section\b|^"?v=(?:spf1|DKIM1)[\s;]/im,
  },
]

export const lookAlikeOf = (head: string): string | undefined => lookAlikes.find((l) => l.test.test(head))?.key

export const isLookAlike = (key: string): boolean => lookAlikes.some((l) => l.key === key)

/** What it is, and what would help instead. */
export function lookAlikeNotice(key: string): Diagnostic {
  const instead = lookAlikes.find((l) => l.key === key)?.instead ?? 'instead-connectors'
  const level = instead === 'instead-nothing' ? 'info' : 'warning'
  return { code: 'look-alike-refused', level, params: { looksLike: key, instead } }
}
