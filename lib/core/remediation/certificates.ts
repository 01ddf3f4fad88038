import { type Certificate, known, knownPart, type ReceiveConnector, type SendConnector } from '../model'
import type { Fix } from '../rules/define-rule'
import { fixOf } from './fix'
import { backupObject, restoreObject, setObject } from './objects'
import {
  ask,
  bool,
  type Code,
  type Command,
  command,
  comment,
  type Line,
  list,
  nothing,
  run,
  set,
  str,
  variable,
} from './powershell'
import { backupFile, forEachObject, importClixml } from './receive-connector'

type Connector = ReceiveConnector | SendConnector

/** An Edge answers only for itself, and there the cmdlets are run on it. */
const on = (c: Certificate): Command['parameters'] =>
  c.server === null || c.side === 'edge' ? {} : { Server: str(c.server) }

const get = (c: Certificate, thumbprint: Code = str(c.thumbprint)): Command =>
  command('Get-ExchangeCertificate', { Thumbprint: thumbprint, ...on(c) })

const placeOf = (certificates: readonly Certificate[]): Fix['runsOn'] =>
  certificates.every((c) => c.side === 'edge') ? 'edge' : 'exchange-management-shell'

/** Keeps what the server says of the certificate. */
export const backupCertificate = (c: Certificate): Line =>
  run(get(c), command('Export-Clixml', { Path: str(backupFile(c.id, 'certificate')) }))

export const showCertificate = (c: Certificate, thumbprint?: Code): Line =>
  run(
    get(c, thumbprint),
    command('Format-List', {
      Property: list(['Subject', 'Issuer', 'Thumbprint', 'NotAfter', 'Services', 'Status', 'HasPrivateKey']),
    }),
  )

const password: Line = set('password', {
  code: `(Get-Credential -UserName 'pfx' -Message 'Password for the exported certificate').Password`,
  placeholders: [],
})

const newThumbprint = (): Code =>
  ask('new-thumbprint', {
    en: 'Thumbprint of the new certificate, as Get-ExchangeCertificate shows it, in quotes',
    de: 'Fingerabdruck des neuen Zertifikats, wie Get-ExchangeCertificate ihn anzeigt, in Anführungszeichen',
  })

const fileData = (name: string, label: { readonly en: string; readonly de: string }): Code => {
  const file = ask(name, label)
  return { code: `([System.IO.File]::ReadAllBytes(${file.code}))`, placeholders: file.placeholders }
}

/** `<I>issuer<S>subject` of the certificate in a variable. */
const pairIn = (name: string): Code => ({
  code: `"<I>$(${variable(name).code}.Issuer)<S>$(${variable(name).code}.Subject)"`,
  placeholders: [],
})

/** The value of TlsCertificateName that stands for a certificate; undefined where issuer or subject are not known. */
export function certificateName(c: Certificate): string | undefined {
  const [issuer, subject] = [known(c.issuer), known(c.subject)]
  return issuer === undefined || subject === undefined ? undefined : `<I>${issuer}<S>${subject}`
}

export const defaultPrompt: Line = comment(
  'Answer No when asked whether to overwrite the default SMTP certificate. -Force would answer Yes.',
)

/** Exported with its key from one server and imported on another, where SMTP gets it. */
export function copyCertificate(c: Certificate, server: string, toEdge: boolean): readonly Line[] {
  const there: Command['parameters'] = toEdge || c.side === 'edge' ? {} : { Server: str(server) }
  return [
    password,
    ...(toEdge ? [comment(`The last two commands are run on ${server} itself: bring the exported file there.`)] : []),
    set('export', {
      code: `(Export-ExchangeCertificate -Thumbprint ${str(c.thumbprint).code}${c.server === null || c.side === 'edge' ? '' : ` -Server ${str(c.server).code}`} -BinaryEncoded -Password ${variable('password').code})`,
      placeholders: [],
    }),
    run(
      command('Import-ExchangeCertificate', {
        ...there,
        FileData: { code: `${variable('export').code}.FileData`, placeholders: [] },
        Password: variable('password'),
        PrivateKeyExportable: bool(true),
      }),
    ),
    run(command('Enable-ExchangeCertificate', { Thumbprint: str(c.thumbprint), Services: str('SMTP'), ...there })),
  ]
}

const servicesOf = (c: Certificate): Code => {
  const services = (knownPart(c.services) ?? []).filter((s) => ['smtp', 'iis', 'imap', 'pop'].includes(s.toLowerCase()))
  return list(services.some((s) => s.toLowerCase() === 'smtp') ? services : [...services, 'SMTP'])
}

/** A self-signed certificate is made anew from the old one; any other is asked for at the authority. */
function replacement(c: Certificate, fromAuthority: boolean): readonly Line[] {
  const enable = run(
    command('Enable-ExchangeCertificate', { Thumbprint: newThumbprint(), Services: servicesOf(c), ...on(c) }),
  )
  if (known(c.isSelfSigned) === true && !fromAuthority)
    return [
      run(get(c), command('New-ExchangeCertificate', { PrivateKeyExportable: bool(true) })),
      defaultPrompt,
      enable,
    ]
  const domains = knownPart(c.certificateDomains) ?? []
  return [
    run(
      command('New-ExchangeCertificate', {
        GenerateRequest: true,
        SubjectName: str(known(c.subject) ?? ''),
        ...(domains.length > 0 ? { DomainName: list(domains) } : {}),
        KeySize: str('2048'),
        PrivateKeyExportable: bool(true),
        ...on(c),
      }),
      command('Set-Content', { Path: str('.\\postern-certificate-request.req') }),
    ),
    comment('Have the certification authority sign the request, then import its answer on the same server.'),
    run(
      command('Import-ExchangeCertificate', {
        ...on(c),
        FileData: fileData('certificate-file', {
          en: 'Path of the file from the certification authority, in quotes',
          de: 'Pfad der Datei von der Zertifizierungsstelle, in Anführungszeichen',
        }),
        PrivateKeyExportable: bool(true),
      }),
    ),
    defaultPrompt,
    enable,
  ]
}

export type Replacement = {
  readonly certificates: readonly Certificate[]
  /** Connectors that name one of them. */
  readonly connectors: readonly Connector[]
  readonly before?: readonly Line[]
  /** Also a self-signed one gives way to one of an authority. */
  readonly fromAuthority?: boolean
}

/** A new certificate in the place of an old one: ask for it, bring it to every server, give it SMTP, name it on the connectors. */
export function replaceCertificates({
  certificates,
  connectors,
  before = [],
  fromAuthority = false,
}: Replacement): Fix | null {
  const [first, ...others] = certificates
  if (!first) return null
  const selfSigned = known(first.isSelfSigned) === true && !fromAuthority
  const rename = connectors.length > 0
  return fixOf({
    backup: [
      ...forEachObject(certificates, (c) => [backupCertificate(c)]),
      ...forEachObject(connectors, (c) => [backupObject(c)]),
    ],
    change: [
      ...before,
      ...replacement(first, fromAuthority),
      ...(selfSigned
        ? forEachObject(others, (c) => replacement(c, fromAuthority))
        : others.length > 0
          ? [
              comment(
                `Export the new certificate with its private key and import it on ${others.map((c) => c.server ?? '?').join(', ')}, with the same services.`,
              ),
            ]
          : []),
      ...(rename
        ? [
            comment('Connectors find their certificate by issuer and subject: enter those of the new one.'),
            set('new', { code: printed(get(first, newThumbprint())), placeholders: newThumbprint().placeholders }),
            ...forEachObject(connectors, (c) => [setObject(c, { TlsCertificateName: pairIn('new') })]),
            comment('Then run the Hybrid Configuration Wizard again, so that Exchange Online learns the new name.'),
          ]
        : []),
    ],
    check: [showCertificate(first, newThumbprint())],
    rollback: [
      ...forEachObject(connectors, (c) => restoreObject(c, ['TlsCertificateName'])),
      run(command('Remove-ExchangeCertificate', { Thumbprint: newThumbprint(), ...on(first) })),
    ],
    effect: 'reconnect',
    minutes: 60,
    runsOn: placeOf(certificates),
  })
}

const printed = ({ cmdlet, parameters }: Command): string =>
  [cmdlet, ...Object.entries(parameters).map(([n, v]) => (v === true ? `-${n}` : `-${n} ${v.code}`))].join(' ')

/** Binds certificates to SMTP, which gives the transport service their private key. */
export function enableForSmtp(certificates: readonly Certificate[]): Fix | null {
  if (certificates.length === 0) return null
  return fixOf({
    backup: forEachObject(certificates, (c) => [backupCertificate(c)]),
    change: [
      defaultPrompt,
      ...forEachObject(certificates, (c) => [
        run(command('Enable-ExchangeCertificate', { Thumbprint: str(c.thumbprint), Services: str('SMTP'), ...on(c) })),
      ]),
    ],
    check: forEachObject(certificates, (c) => [showCertificate(c)]),
    rollback: [
      comment('A service cannot be withdrawn from a certificate; the only way back is to remove the certificate.'),
      ...forEachObject(certificates, (c) => [showCertificate(c)]),
    ],
    effect: 'reconnect',
    minutes: 10,
    runsOn: placeOf(certificates),
  })
}

/** Removes certificates. Connectors that name their issuer and subject hold them fast and let go of the name for that time. */
export function removeCertificates(
  certificates: readonly Certificate[],
  connectors: readonly Connector[] = [],
): Fix | null {
  if (certificates.length === 0) return null
  const file = (c: Certificate) => str(backupFile(c.id, 'pfx'))
  const exported = (c: Certificate): Line =>
    run(
      command('Export-ExchangeCertificate', {
        Thumbprint: str(c.thumbprint),
        ...on(c),
        BinaryEncoded: true,
        Password: variable('password'),
      }),
      command('Export-Clixml', { Path: file(c) }),
    )
  return fixOf({
    backup: [
      comment('A certificate whose key may not be exported cannot be kept; the first command fails then.'),
      password,
      ...forEachObject(certificates, (c) => [exported(c)]),
      ...forEachObject(connectors, (c) => [backupObject(c)]),
    ],
    change: [
      ...(connectors.length > 0
        ? [
            comment('A certificate that connectors name cannot be removed: they let go of the name first.'),
            ...forEachObject(connectors, (c) => [setObject(c, { TlsCertificateName: nothing })]),
            comment('Restart the service MSExchangeTransport if the removal is still refused.'),
          ]
        : []),
      ...forEachObject(certificates, (c) => [
        run(command('Remove-ExchangeCertificate', { Thumbprint: str(c.thumbprint), ...on(c) })),
      ]),
      ...forEachObject(connectors, (c) => restoreObject(c, ['TlsCertificateName'])),
    ],
    check: forEachObject(distinctServers(certificates), (c) => [
      run(
        command('Get-ExchangeCertificate', on(c)),
        command('Format-List', { Property: list(['Subject', 'Thumbprint', 'NotAfter', 'Services']) }),
      ),
    ]),
    rollback: [
      password,
      ...forEachObject(certificates, (c) => [
        set('kept', importClixml(backupFile(c.id, 'pfx'))),
        run(
          command('Import-ExchangeCertificate', {
            ...on(c),
            FileData: { code: `${variable('kept').code}.FileData`, placeholders: [] },
            Password: variable('password'),
            PrivateKeyExportable: bool(true),
          }),
        ),
      ]),
    ],
    effect: connectors.length > 0 ? 'reconnect' : 'none',
    minutes: connectors.length > 0 ? 20 : 5,
    runsOn: placeOf(certificates),
  })
}

const distinctServers = (certificates: readonly Certificate[]): readonly Certificate[] => [
  ...new Map(certificates.map((c) => [c.server, c])).values(),
]

/** Gives the transport service the key of the certificate. */
export const enableLine = (c: Certificate): Line =>
  run(command('Enable-ExchangeCertificate', { Thumbprint: str(c.thumbprint), Services: str('SMTP'), ...on(c) }))

/** A certificate that is bought as a whole, with its key, in place of one that lacks it. */
export const importWithKey = (c: Certificate): readonly Line[] => [
  password,
  run(
    command('Import-ExchangeCertificate', {
      ...on(c),
      FileData: fileData('pfx-file', {
        en: 'Path of a PFX file that holds the certificate with its private key, in quotes',
        de: 'Pfad einer PFX-Datei, die das Zertifikat mit seinem privaten Schlüssel enthält, in Anführungszeichen',
      }),
      Password: variable('password'),
      PrivateKeyExportable: bool(true),
    }),
  ),
]
