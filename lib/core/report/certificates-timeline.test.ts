import { describe, expect, it } from 'vitest'
import { aFinding, anObject, aReport } from '../testing/report-builder'
import { certificatesTimeline } from './certificates-timeline'

const issuer = 'CN=Example CA, O=Example'
const cert = (id: string, subject: string, notAfter: string, services: string[], selfSigned = false) =>
  anObject(id, {
    Subject: subject,
    Issuer: selfSigned ? subject : issuer,
    NotAfter: notAfter,
    Services: services,
    IsSelfSigned: selfSigned,
  })

const report = aReport({
  inventory: {
    certificates: [
      cert('EX01\\AA', 'CN=mail.contoso.com, O=Contoso', '2026-12-10T12:00:00Z', ['SMTP', 'IIS']),
      cert('EX02\\AA', 'CN=mail.contoso.com, O=Contoso', '2026-12-10T12:00:00Z', ['SMTP']),
      cert('EX01\\BB', 'CN=EX01', '2030-01-01T00:00:00', ['SMTP'], true),
      cert('EX01\\CC', 'CN=unused', '2027-01-01T00:00:00Z', ['IIS']),
      cert('EX01\\DD', 'CN=old.contoso.com', '2026-11-20T23:00:00Z', []),
      cert('EX01\\EE', 'CN=odd', '31/02/26', ['SMTP']),
    ],
    sendConnectors: [
      anObject('Outbound to Office 365', {
        TlsCertificateName: '<I>CN=Example CA,O=Example<S>CN=mail.contoso.com,O=Contoso',
      }),
    ],
    receiveConnectors: [anObject('EX01\\Old', { TlsCertificateName: `<I>${issuer}<S>CN=OLD.contoso.com` })],
  },
  findings: [aFinding({ objects: [{ kind: 'certificate', id: 'EX02\\AA', server: 'EX02' }] })],
})

describe('certificatesTimeline', () => {
  const timeline = certificatesTimeline(report)
  it('shows what is in SMTP use once, soonest end first, with who names it', () => {
    expect(
      timeline.inUse.map((r) => [
        r.name,
        r.state,
        r.days,
        r.servers.join(),
        r.usedBy.map((u) => u.id).join(),
        r.findings,
      ]),
    ).toEqual([
      ['old.contoso.com', 'expired', -1, 'EX01', 'EX01\\Old', 0],
      ['mail.contoso.com', 'ends', 19, 'EX01,EX02', 'Outbound to Office 365', 1],
      ['odd', 'unknown', null, 'EX01', '', 0],
    ])
  })
  it("sets Exchange's own certificates apart", () => {
    expect(timeline.internal).toMatchObject([{ name: 'EX01', state: 'later', share: 1, internalOnly: true }])
  })
  it('draws an axis of 13 months', () => {
    expect(timeline.to).toBe('2027-12-21T00:00:00.000Z')
    expect(timeline.months).toHaveLength(13)
    expect(timeline.months[0]).toEqual({ date: '2026-12-01T00:00:00.000Z', at: expect.closeTo(0.025, 2) })
    expect(timeline.inUse[1]?.share).toBeCloseTo(0.049, 2)
  })
})
