import { lookAlikeOf } from './look-alikes'

export { isLookAlike, lookAlikeNotice } from './look-alikes'

/** Names of things that are no export this version reads, for a notice that helps. Keys are words of report/notices. */
type Look = { readonly key: string; readonly test: RegExp }

const looks: readonly Look[] = [
  { key: 'html', test: /^\s{0,200}<(?:!doctype\s+html|html\b)/i },
  { key: 'convertto-xml', test: /^\s{0,200}(?:<\?xml[^>]{0,200}\?>\s{0,40})?<Objects>/ },
  { key: 'xml', test: /^\s{0,200}<(?:\?xml|[A-Za-z])/ },
  { key: 'smtp-log', test: /^#Fields:\s?date-time,connector-id,session-id,/im },
  { key: 'smtp-log', test: /^\d{4}-\d\d-\d\dT[\d:.]{8,16}Z,[^,\n]{0,200},[0-9A-F]{16},\d+,/m },
  { key: 'certificate', test: /^-----BEGIN [A-Z ]{3,40}-----/m },
  { key: 'json', test: /^\s{0,200}[[{]\s{0,2000}(?:["{[\]}]|null)/ },
  { key: 'csv', test: /^(?:#TYPE \S|"?[A-Za-z]\w{1,60}"?(?:[,;\t]"?[A-Za-z]\w{1,60}"?){2,})/ },
  { key: 'headers', test: /^(?:Received:\s|X-MS-Exchange-[\w-]{3,60}:\s|Authentication-Results:\s)/im },
  { key: 'command-text', test: /^\s{0,8}(?:New|Set)-(?:Send|Receive|Inbound|Outbound)Connector\b/im },
  { key: 'format-table', test: /^\s{0,8}-{3,}(?:\s{1,200}-{2,}){1,40}\s*$/m },
  { key: 'property-list', test: /^[A-Za-z]\w{0,60}\s{1,60}:\s[^\n]{0,400}\n[A-Za-z]\w{0,60}\s{1,60}:\s/m },
]

/** Control characters do not occur in text: pictures, documents, executables. */
function isBinary(sample: string): boolean {
  let controls = 0
  for (let i = 0; i < sample.length; i++) {
    const c = sample.charCodeAt(i)
    if (c < 9 || (c > 13 && c < 32 && c !== 27) || c === 0xfffd) controls++
  }
  return controls > sample.length / 50
}

/** What a text that no format claims looks like. `text` where nothing is known about it. */
export function looksLike(text: string): string {
  const head = text.slice(0, 65_536)
  if (isBinary(head.slice(0, 4096))) return 'binary'
  const seen = looks.find((l) => l.test.test(head))?.key
  // What begins like a web page or XML is that, whatever it shows; anything else may be a look-alike first.
  return seen === 'html' || seen === 'xml' || seen === 'convertto-xml' || seen === 'smtp-log'
    ? seen
    : (lookAlikeOf(head) ?? seen ?? 'text')
}
