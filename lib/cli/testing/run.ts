import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { type ExposureJson, exposureSchema, type Report, reportSchema, type TraceJson, traceSchema } from '@/lib/core'

export const root = path.resolve(import.meta.dirname, '../../..')
export const sample = path.join(root, 'samples/contoso')

export type Run = { readonly code: number | null; readonly stdout: string; readonly stderr: string }

/** Starts the command line as a shell would. */
export function postern(
  args: readonly string[],
  options: { cwd?: string; stdin?: string | Buffer; env?: Record<string, string> } = {},
): Promise<Run> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [path.join(root, 'bin/postern.mjs'), ...args], {
      cwd: options.cwd ?? root,
      env: { ...process.env, ...options.env },
    })
    const out: Buffer[] = []
    const err: Buffer[] = []
    child.stdout.on('data', (c: Buffer) => out.push(c))
    child.stderr.on('data', (c: Buffer) => err.push(c))
    child.on('error', reject)
    child.on('close', (code) =>
      resolve({ code, stdout: Buffer.concat(out).toString(), stderr: Buffer.concat(err).toString() }),
    )
    child.stdin.on('error', () => {})
    child.stdin.end(options.stdin ?? '')
  })
}

export const reportOf = (run: Run): Report => reportSchema.parse(JSON.parse(run.stdout))

export const traceOf = (run: Run): TraceJson => traceSchema.strict().parse(JSON.parse(run.stdout))
export const exposureFrom = (run: Run): ExposureJson => exposureSchema.strict().parse(JSON.parse(run.stdout))

/** A folder of its own with these files. */
export function folderWith(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'postern-cli-'))
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true })
    writeFileSync(path.join(folder, name), content)
  }
  return folder
}

const connectorLines = (name: string, more: Readonly<Record<string, string>>): string =>
  Object.entries({
    AuthMechanism: 'Tls',
    Bindings: '{0.0.0.0:25}',
    Enabled: 'True',
    PermissionGroups: 'AnonymousUsers',
    RemoteIPRanges: '{10.0.0.5}',
    Server: 'EX01',
    TransportRole: 'FrontendTransport',
    TlsDomainCapabilities: '{}',
    Name: name,
    Identity: `EX01\\${name}`,
    ...more,
  })
    .map(([label, value]) => `${label.padEnd(21)} : ${value}`)
    .join('\n')

/** One receive connector as Format-List prints it. */
export const aConnector = (name: string, more: Readonly<Record<string, string>> = {}): string =>
  `\n\n${connectorLines(name, more)}\n\n\n`

/** A connector that every version of the rules finds something in. */
export const trusting = (name = 'Appliances'): string =>
  aConnector(name, {
    AuthMechanism: 'Tls, ExternalAuthoritative',
    PermissionGroups: 'ExchangeServers',
    RemoteIPRanges: '{10.20.0.0/16}',
  })

/** The accepted domains, as a window shows the command and what it prints: the whole list. */
export const ownDomains = (...names: readonly string[]): string =>
  `[PS] C:\\>Get-AcceptedDomain | fl Name,DomainName,DomainType\n${names
    .map((n) => `\n\nName       : ${n}\nDomainName : ${n}\nDomainType : Authoritative\n`)
    .join('')}\n\n\n[PS] C:\\>\n`

/** What PowerShell shows: a command behind its prompt, and what it prints. */
export const window = (command: string, output: string): string => `[PS] C:\\>${command}\n${output}\n[PS] C:\\>\n`
