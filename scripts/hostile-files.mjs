// Files that nobody should be able to hurt the server with; used by the browser tests and by the measurement of memory.
import { strToU8, zipSync } from 'fflate'

const receiveConnector = (name, comment) => `
Name                 : ${name}
Identity             : EX01\\${name}
Server               : EX01
Enabled              : True
Bindings             : {0.0.0.0:25}
RemoteIPRanges       : {10.0.0.1-10.0.0.9}
PermissionGroups     : AnonymousUsers
AuthMechanism        : Tls
TransportRole        : FrontendTransport
Fqdn                 : ex01.contoso.com
RequireTLS           : False
Comment              : ${comment}
`

/** A good export, so that a test can see that the rest of an upload is still analysed. */
export const goodExport = () =>
  `[PS] C:\\>Get-ReceiveConnector | Format-List\n\n${receiveConnector('Relay', 'Printers')}\n`

/** Names and comments that are markup, formulas and terminal codes elsewhere. */
const markupExport = () =>
  `[PS] C:\\>Get-ReceiveConnector | Format-List\n\n${receiveConnector('<script>alert(1)</script>', "=cmd|' /C calc'!A0")}\n`

export const doctypeXml = () => `<?xml version="1.0"?>
<!DOCTYPE Objs [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>
<Objs Version="1.1.0.1" xmlns="http://schemas.microsoft.com/powershell/2004/04"><S>&b;&c;</S></Objs>
`

/** `megabytes` of zeros in a few hundred kilobytes. */
const zipBomb = (megabytes) => zipSync({ 'zeros.txt': new Uint8Array(megabytes * 1_000_000) }, { level: 9 })

/** Members whose names try to leave the folder, beside a good one. */
export const climbingZip = () =>
  zipSync({
    '../../evil.txt': strToU8('outside'),
    '/etc/absolute.txt': strToU8('absolute'),
    'C:\\windows\\evil.txt': strToU8('drive'),
    'good/receive.txt': strToU8(goodExport()),
  })

const zipOfMany = (members) =>
  zipSync(Object.fromEntries(Array.from({ length: members }, (_, n) => [`${n}.txt`, strToU8(`file ${n}`)])), {
    level: 0,
  })

const nestedZip = () => zipSync({ 'inner.zip': zipSync({ 'receive.txt': strToU8(goodExport()) }) })

/** A zip whose directory was cut off. */
const cutZip = () => climbingZip().slice(0, 200)

/** Something else altogether: the head of a PNG and noise that repeats. */
export const binary = () => {
  const bytes = new Uint8Array(200_000).map((_, n) => (n * 2654435761) >>> 24)
  bytes.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return bytes
}

const cutExport = () => goodExport().slice(0, 240)

/** About `megabytes` of connectors in one file. */
export function hugeExport(megabytes) {
  const part = Buffer.from(
    Array.from({ length: 1000 }, (_, n) => receiveConnector(`Relay ${n}`, `Number ${n}`)).join(''),
  )
  const head = Buffer.from('[PS] C:\\>Get-ReceiveConnector | Format-List\n\n')
  return Buffer.concat([head, ...Array(Math.ceil((megabytes * 1_000_000) / part.length)).fill(part)])
}

/** One line of `megabytes`. */
export const longLine = (megabytes) => Buffer.alloc(megabytes * 1_000_000, 'a b')

/** Small hostile files by the name they are uploaded under. */
export const smallFiles = () => ({
  'good.txt': goodExport(),
  'markup.txt': markupExport(),
  'doctype.xml': doctypeXml(),
  'empty.txt': '',
  'cut.txt': cutExport(),
  'picture.txt': binary(),
  'shopping.txt': 'Milk\nBread\nA connector for the printer\n',
  'bomb.zip': zipBomb(120),
  'climbing.zip': climbingZip(),
  'many.zip': zipOfMany(1001),
  'nested.zip': nestedZip(),
  'cut.zip': cutZip(),
})
