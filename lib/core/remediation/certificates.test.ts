import { describe, expect, it } from 'vitest'
import { configFrom } from '../testing/config-from'
import { certificate, certificateExport, sendConnector, sendExport } from '../testing/exports-text'
import { powershellProblems } from '../testing/powershell'
import {
  certificateName,
  copyCertificate,
  enableForSmtp,
  removeCertificates,
  replaceCertificates,
} from './certificates'
import { print } from './powershell'

const config = configFrom(
  `${sendExport(sendConnector())}${certificateExport('EX01', certificate())}${certificateExport('EX02', certificate())}`,
)
const { certificates, sendConnectors: connectors } = config
const self = configFrom(
  certificateExport('EX01', certificate({ IsSelfSigned: 'True', Services: 'IIS, SMTP, UM' })),
).certificates
const steps = (fix: ReturnType<typeof replaceCertificates>) => {
  for (const s of fix?.steps ?? []) expect(powershellProblems(s.powershell), s.powershell).toEqual([])
  return Object.fromEntries(fix?.steps.map((s) => [s.kind, s.powershell]) ?? [])
}
const T = "'2D21517C0A4E6B1F3C5D7E8F90A1B2C3D4E5F607'"

describe('replaceCertificates', () => {
  it('asks the authority, imports, binds, and names the new one on the connectors', () => {
    const { change, try: tried, rollback } = steps(replaceCertificates({ certificates, connectors }))
    expect(change).toMatch(
      /New-ExchangeCertificate -GenerateRequest -SubjectName 'CN=mail.contoso.com' -DomainName 'mail.contoso.com'[\s\S]*Import-ExchangeCertificate -Server 'EX01'[\s\S]*Enable-ExchangeCertificate -Thumbprint <new-thumbprint> -Services 'IIS','SMTP'[\s\S]*Set-SendConnector -Identity 'Outbound to Office 365' -TlsCertificateName "<I>\$\(\$new.Issuer\)<S>\$\(\$new.Subject\)"/,
    )
    expect(change).toContain('import it on EX02')
    expect(tried).toMatch(/Import-ExchangeCertificate .* -WhatIf/)
    expect(rollback).toContain("-TlsCertificateName '<I>CN=Public CA G1<S>CN=mail.contoso.com'")
  })

  it('makes a self-signed one anew, unless it has to come from an authority', () => {
    const own = steps(replaceCertificates({ certificates: self, connectors: [] })).change
    expect(own).toContain(`Get-ExchangeCertificate -Thumbprint ${T} -Server 'EX01' | New-ExchangeCertificate`)
    expect(own).not.toContain('TlsCertificateName')
    expect(own).not.toContain('UM')
    const issued = steps(replaceCertificates({ certificates: self, connectors: [], fromAuthority: true })).change
    expect(issued).toContain('-GenerateRequest')
  })

  it('is nothing without certificates', () => expect(replaceCertificates({ certificates: [], connectors })).toBeNull())
})

it('removes a certificate, for which connectors let go of its name', () => {
  const { change, backup, rollback } = steps(removeCertificates(certificates.slice(0, 1), connectors))
  expect(change).toMatch(
    /-TlsCertificateName \$null[\s\S]*Remove-ExchangeCertificate[\s\S]*-TlsCertificateName '<I>CN=Public CA G1<S>CN=mail.contoso.com'/,
  )
  expect(backup).toContain('Export-ExchangeCertificate')
  expect(rollback).toContain('Import-ExchangeCertificate')
  expect(steps(removeCertificates(certificates)).change).not.toContain('TlsCertificateName')
  expect(removeCertificates([])).toBeNull()
})

it('copies a certificate with its key', () => {
  const [c] = certificates
  const lines = c ? print(copyCertificate(c, 'EX03', false)) : ''
  expect(lines).toContain(`Export-ExchangeCertificate -Thumbprint ${T} -Server 'EX01' -BinaryEncoded`)
  expect(lines).toContain("Import-ExchangeCertificate -Server 'EX03'")
  expect(lines).toContain(`Enable-ExchangeCertificate -Thumbprint ${T} -Services 'SMTP' -Server 'EX03'`)
  expect(c && print(copyCertificate(c, 'EDGE01', true))).not.toContain("-Server 'EDGE01'")
})

it('binds to SMTP, on an Edge without naming the server', () => {
  expect(steps(enableForSmtp(certificates.slice(0, 1))).change).toContain("-Services 'SMTP' -Server 'EX01'")
  expect(enableForSmtp([])).toBeNull()
  const edge = certificates.slice(0, 1).map((c) => ({ ...c, side: 'edge' as const }))
  expect(steps(enableForSmtp(edge)).change).not.toContain('-Server')
  expect(enableForSmtp(edge)?.runsOn).toBe('edge')
})

it('writes the name of a certificate', () => {
  expect(certificates.map(certificateName)).toEqual(Array(2).fill('<I>CN=Public CA G1<S>CN=mail.contoso.com'))
})
