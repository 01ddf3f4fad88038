// Makes the certificates of the sample organisation, once: new keys give new thumbprints, so the result is kept in
// certificates.json and samples/make.mjs reads it from there. Private keys are never written.
import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { certificate, newKey, thumbprint } from './lib/der.mjs'

const publicCa = { subject: 'CN=Fabrikam TLS RSA CA G2, OU=Trust Services, O=Fabrikam Inc., C=US', key: newKey() }
const ownCa = { subject: 'CN=Contoso Issuing CA 01, O=Contoso Ltd, C=DE', key: newKey() }
const servers = ['EX01', 'EX02', 'EX03', 'EX04', 'EDGE01']
const setupDates = {
  EX01: ['2022-12-03T09:14:21Z', '2027-12-03T09:14:21Z'],
  EX02: ['2022-12-04T15:40:02Z', '2027-12-04T15:40:02Z'],
  EX03: ['2025-09-16T07:51:47Z', '2030-09-16T07:51:47Z'],
  EX04: ['2025-09-17T13:05:30Z', '2030-09-17T13:05:30Z'],
  EDGE01: ['2022-03-08T11:20:09Z', '2027-03-08T11:20:09Z'],
}
const host = (server) => `${server}.corp.contoso.com`

const wanted = {
  // Public certificates of 2026 live 200 days at most (CA/Browser Forum ballot SC-081), older ones 398.
  hybrid: { subject: 'CN=mail.contoso.com, O=Contoso Ltd, L=Muenchen, S=Bayern, C=DE', names: ['mail.contoso.com', 'autodiscover.contoso.com'], from: '2026-09-14T00:00:00Z', to: '2027-04-01T23:59:59Z', by: publicCa },
  hybridOld: { subject: 'CN=mail.contoso.com, OU=IT, O=Contoso Ltd, L=Muenchen, S=Bayern, C=DE', names: ['mail.contoso.com'], from: '2025-11-02T00:00:00Z', to: '2026-12-05T23:59:59Z', by: publicCa },
  webmail: { subject: 'CN=webmail.contoso.com, O=Contoso Ltd, C=DE', names: ['webmail.contoso.com'], from: '2026-07-06T00:00:00Z', to: '2027-01-21T23:59:59Z', by: publicCa },
  edge: { subject: 'CN=edge.contoso.com, O=Contoso Ltd, C=DE', names: ['edge.contoso.com'], from: '2026-08-17T00:00:00Z', to: '2027-03-04T23:59:59Z', by: publicCa },
  relay: { subject: 'CN=relay.corp.contoso.com, O=Contoso Ltd, C=DE', names: ['relay.corp.contoso.com'], from: '2025-08-03T06:30:00Z', to: '2027-08-03T06:30:00Z', by: ownCa, clientAuth: false },
  auth: { subject: 'CN=Microsoft Exchange Server Auth Certificate', from: '2022-12-03T09:16:40Z', to: '2027-11-07T09:16:40Z' },
}
for (const s of servers) {
  const [from, to] = setupDates[s]
  wanted[`setup-${s}`] = { subject: `CN=${s}`, names: [s, host(s)], from, to, clientAuth: false }
  if (s === 'EDGE01') continue
  wanted[`wmsvc-${s}`] = { subject: `CN=WMSvc-SHA2-${s}`, from, to: `${Number(from.slice(0, 4)) + 10}${from.slice(4)}`, clientAuth: false }
}

const made = {}
for (const [id, spec] of Object.entries(wanted)) {
  const serial = createHash('sha256').update(`contoso ${id}`).digest('hex').slice(0, 32).replace(/^./, '4')
  const der = certificate({ ...spec, serial, key: newKey() })
  made[id] = { thumbprint: thumbprint(der), subject: spec.subject, issuer: spec.by?.subject ?? spec.subject, names: spec.names ?? [], notBefore: spec.from, notAfter: spec.to, serial: serial.toUpperCase(), selfSigned: !spec.by, der: der.toString('base64') }
}
writeFileSync(new URL('certificates.json', import.meta.url), `${JSON.stringify(made, null, 2)}\n`)
