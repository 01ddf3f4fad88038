/** Addresses and names that everybody has or that are published. Written apart from the lists of the product. */
const COMMON = [
  /^(?:0|127|169\.254|22[4-9]|2[3-5]\d)\./,
  /^192\.0\.2\.|^198\.51\.100\.|^203\.0\.113\.|^(?:40\.9[23]|40\.107|52\.10[0-3]|104\.47)\./,
  /(?:^|\.)(?:outlook|microsoft|office365|windows)\.com$|onmicrosoft\.com$|^(?:system|microsoft|deserialized|selected)\./i,
  /\.(?:txt|xml|csv|json|log|ps1|zip)$/i,
  // Networks that hold some of Exchange Online's, and stay around them.
  /^(?:40\.64|52\.96)\.0\.0$/,
  /(?:^|\.)example\.(?:com|net|org)$/i,
  /^0{8}-|^00000002-0000-0ff1/,
]
const common = (text: string): boolean => COMMON.some((pattern) => pattern.test(text))

const patterns = [
  /(?<![\d.])(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?:25[0-5]|2[0-4]\d|1?\d?\d)){3}(?![\d.])/g,
  /\b[0-9A-F]{40}\b/gi,
  /\b[0-9A-F]{32}\b/gi,
  /\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/gi,
  /\bS-1-5-21(?:-\d+){4}\b/g,
  /\b[a-z0-9_-]+(?:\.[a-z0-9_-]+)*\.(?:com|local|net|org|at|de|example)\b/gi,
  /\b[\w.-]+@[\w.-]+\b/g,
]
const servers = /^(?:Server|SourceTransportServers|HomeMtaServerId)\s*:\s*\{?([\w-]+)/gim

/** What a naive reader takes for something that tells whose the files are. */
export function originalsIn(texts: readonly string[]): string[] {
  const found = new Set<string>()
  for (const whole of texts) {
    const text = whole.replace(/Version\b.*/g, '')
    for (const pattern of patterns) for (const [hit] of text.matchAll(pattern)) if (!common(hit)) found.add(hit)
    for (const [, name = ''] of text.matchAll(servers)) found.add(name)
  }
  return [...found]
}
