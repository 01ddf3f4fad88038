import { describe, expect, it } from 'vitest'
import { formats } from '.'
import { detectFormat } from './detect'
import { isLookAlike, lookAlikeNotice, looksLike } from './looks-like'

const log = (type: string, fields: string, ...lines: readonly string[]) =>
  [
    '#Software: Microsoft Exchange Server',
    '#Version: 15.02.1544.004',
    `#Log-type: ${type}`,
    '#Date: 2026-11-20T08:00:01.113Z',
    `#Fields: ${fields}`,
    ...lines,
    '',
  ].join('\n')

const connectivity = [
  '2026-11-20T08:00:02.071Z,08DE27A1B3C4D5E6,SMTP,contoso-com.mail.protection.outlook.com,+,DnsConnectorDelivery 7f0c;QueueLength=TQ=1;',
  '2026-11-20T08:00:02.090Z,08DE27A1B3C4D5E6,SMTP,contoso-com.mail.protection.outlook.com,>,DNS server returned Success reported by 192.0.2.53.',
  '2026-11-20T08:00:03.511Z,08DE27A1B3C4D5E6,SMTP,contoso-com.mail.protection.outlook.com,-,Messages: 1 Bytes: 4711 ()',
]
const imap = [
  '2026-11-20T08:00:02.071Z,00000000003F21D8,0,192.0.2.10:993,192.0.2.77:51544,,1,0,59,OpenSession,,',
  '2026-11-20T08:00:02.099Z,00000000003F21D8,1,192.0.2.10:993,192.0.2.77:51544,scan,27,41,30,login,scan *****,R=ok',
  '2026-11-20T08:00:02.190Z,00000000003F21D8,2,192.0.2.10:993,192.0.2.77:51544,scan,1,0,20,logout,,R=ok',
]
const tracking =
  'date-time,client-ip,client-hostname,server-ip,server-hostname,source-context,connector-id,source,event-id,internal-message-id'
const list = (o: Readonly<Record<string, string>>) => {
  const width = Math.max(...Object.keys(o).map((n) => n.length))
  return `\n${Object.entries(o)
    .map(([n, v]) => `${n.padEnd(width)} : ${v}`)
    .join('\n')}\n\n`
}

const cases: readonly (readonly [kind: string, what: string, text: string])[] = [
  ['message-tracking-log', 'file', log('Message Tracking Log', tracking)],
  ['message-tracking-log', 'file without its first lines', `#Fields: ${tracking}\n`],
  [
    'message-tracking-log',
    'table',
    '\nEventId  Source   Sender            Recipients           MessageSubject\n-------  ------   ------            ----------           --------------\nRECEIVE  SMTP     a@contoso.com     {b@fabrikam.com}     Test\n',
  ],
  [
    'message-tracking-log',
    'list',
    list({
      RunspaceId: '1d0a0a0e-6d3f-4f0a-9a35-0d6b6ed3a1c2',
      Timestamp: '20.11.2026 09:00:02',
      ClientIp: '192.0.2.77',
      ServerHostname: 'EX01',
      ConnectorId: 'EX01\\Default Frontend EX01',
      Source: 'SMTP',
      EventId: 'RECEIVE',
      InternalMessageId: '283364762320900',
      MessageSubject: 'Test',
    }),
  ],
  [
    'message-tracking-log',
    'CSV',
    '"Timestamp","ClientIp","ConnectorId","Source","EventId","Recipients","MessageSubject"\n"20.11.2026 09:00:02","192.0.2.77","EX01\\Default Frontend EX01","SMTP","RECEIVE","System.String[]","Test"\n',
  ],
  [
    'connectivity-log',
    'file',
    log('Transport Connectivity Log', 'date-time,session,source,Destination,direction,description', ...connectivity),
  ],
  ['connectivity-log', 'lines alone', connectivity.join('\n')],
  ['imap-pop-log', 'file', log('IMAP4 Log', 'dateTime,sessionId,seqNumber,sIp,cIp,user,duration', ...imap)],
  ['imap-pop-log', 'file of POP3', log('POP3 Log', 'dateTime,sessionId,seqNumber,sIp,cIp,user,duration')],
  ['imap-pop-log', 'lines alone', imap.join('\n')],
  [
    'agent-log',
    'file',
    log('Agent Log', 'Timestamp,SessionId,LocalEndpoint,RemoteEndpoint,EnteredOrgFromIP,MessageId'),
  ],
  [
    'iis-log',
    'file',
    '#Software: Microsoft Internet Information Services 10.0\n#Version: 1.0\n#Fields: date time s-ip cs-method cs-uri-stem\n2026-11-20 08:00:01 192.0.2.10 GET /owa/\n',
  ],
  ['http-proxy-log', 'file', 'DateTime,RequestId,MajorVersion,MinorVersion,BuildVersion,RevisionVersion\n'],
  [
    'message-trace',
    'CSV of the admin center',
    'origin_timestamp_utc,sender_address,recipient_status,message_subject,total_bytes,message_id\n2026-11-20T08:00:02.0710000Z,a@contoso.com,b@fabrikam.com##Receive,Test,4711,<1@contoso.com>\n',
  ],
  [
    'message-trace',
    'CSV of the cmdlet',
    '"PSComputerName","Organization","MessageId","Received","SenderAddress","RecipientAddress","Subject","Status","ToIP","FromIP","Size","MessageTraceId"\n"outlook.office365.com","contoso.onmicrosoft.com","<1@contoso.com>","20.11.2026 08:00:02","a@contoso.com","b@fabrikam.com","Test","Delivered",,"192.0.2.1","4711","1d0a0a0e"\n',
  ],
  [
    'message-trace',
    'table',
    '\nReceived            Sender Address Recipient Address Subject Status\n--------            -------------- ----------------- ------- ------\n20.11.2026 08:00:02 a@contoso.com  b@fabrikam.com    Test    Delivered\n',
  ],
  [
    'queue-list',
    'table',
    '\nIdentity        DeliveryType          Status MessageCount Velocity RiskLevel OutboundIPPool NextHopDomain\n--------        ------------          ------ ------------ -------- --------- -------------- -------------\nEX01\\7          SmtpRelayToDag        Ready  0            0        Normal    0              dag1\n',
  ],
  ['exchange-log', 'file', log('Pipeline Tracing Log', 'date-time,message-id')],
  [
    'dns-answer',
    'nslookup, German',
    'nslookup -q=MX contoso.mail.onmicrosoft.com\nServer:  dns01.contoso.com\nAddress:  192.0.2.53\n\nNicht autorisierende Antwort:\ncontoso.mail.onmicrosoft.com\tMX preference = 10, mail exchanger = contoso-mail-onmicrosoft-com.mail.protection.outlook.com\n',
  ],
  [
    'dns-answer',
    'nslookup, Linux',
    'Server:\t\t192.0.2.53\nAddress:\t192.0.2.53#53\n\nNon-authoritative answer:\ncontoso.com\tmail exchanger = 10 mx1.contoso.com.\n',
  ],
  [
    'dns-answer',
    'dig',
    '; <<>> DiG 9.18.1 <<>> MX contoso.com\n;; ANSWER SECTION:\ncontoso.com.\t3600\tIN\tMX\t10 mx1.contoso.com.\n',
  ],
  [
    'dns-answer',
    'Resolve-DnsName',
    '\nName                                     Type   TTL   Section    NameExchange                              Preference\n----                                     ----   ---   -------    ------------                              ----------\ncontoso.com                              MX     3600  Answer     mx1.contoso.com                           10\n',
  ],
  ['dns-answer', 'SPF record', '"v=spf1 ip4:192.0.2.0/24 include:spf.protection.outlook.com -all"\n'],
]

describe.each(cases)('%s: %s', (kind, _, text) => {
  it('is told by name and read by no format', () => {
    expect([looksLike(text), isLookAlike(kind)]).toEqual([kind, true])
    expect(detectFormat(formats, text, 'RECV2026112008-1.LOG')?.id).toBeUndefined()
  })
})

it('says what would help instead; what is not needed is no warning', () => {
  expect(lookAlikeNotice('message-trace')).toEqual({
    code: 'look-alike-refused',
    level: 'warning',
    params: { looksLike: 'message-trace', instead: 'instead-connectors-online' },
  })
  expect(lookAlikeNotice('dns-answer').level).toBe('info')
})

it('is not said of a page or of XML that quotes one', () => {
  expect(looksLike('<html><body>MX preference = 10</body></html>')).toBe('html')
  expect(looksLike('<?xml version="1.0"?><a>\nMessageTraceId : 1\n</a>')).toBe('xml')
})
