/** The items of a list as text formats print it: `{a, b, c}`. `truncated` drops the mark of the cut and what it cut. */
export function splitList(text: string, truncated = false): string[] {
  let body = text.trim()
  if (body.startsWith('{')) body = body.slice(1, body.endsWith('}') ? -1 : undefined)
  const items = body.split(/,\s/).map((s) => s.trim())
  if (truncated) {
    const last = items.pop() ?? ''
    const whole = last.replace(/(?:\.\.\.|\u2026)$/, '')
    // PowerShell puts the mark behind the last whole item; a list cut by a screen ends inside one.
    if (whole !== '' && /(?:\.\.\.|\u2026)\}$/.test(text) && whole !== last) items.push(whole)
  }
  return items.filter((s) => s !== '')
}

const ENDS_WITH_CAPABILITY = /:\s?(?:\w+|0x[0-9a-f]+)$/i

/**
 * Items of TlsDomainCapabilities. An item holds several capabilities joined by commas, and a pinned one a certificate name with
 * commas of its own: `{<I>CN=a, O=b<S>CN=c:AcceptCloudServicesMail, d.example:AcceptOorgProtocol, AcceptOorgHeader}`.
 */
export function splitCapabilities(parts: readonly string[]): string[] {
  const items: string[] = []
  let open = ''
  for (const part of parts) {
    if (open !== '') open += `, ${part}`
    else if (/^<I>/i.test(part)) open = part
    else if (!part.includes(':') && items.length > 0) items[items.length - 1] += `,${part}`
    else items.push(part)
    if (open !== '' && ENDS_WITH_CAPABILITY.test(open)) {
      items.push(open)
      open = ''
    }
  }
  if (open !== '') items.push(open)
  return items
}
