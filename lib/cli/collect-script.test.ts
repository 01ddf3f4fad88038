import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { cmdletOf, collectScript, ruleCatalogue } from '@/lib/core'
import {
  commandNames,
  functionNames,
  nodesOf,
  parsePowerShell,
  staticMembers,
  syntaxErrors,
} from './testing/powershell'
import { root } from './testing/run'

const text = readFileSync(path.join(root, 'collect/Collect-Postern.ps1'), 'utf8')
const tree = await parsePowerShell(text)
const code = text.replace(/<#[\s\S]*?#>/g, '')

/** What Exchange is asked. Nothing else of Exchange may be in the script. */
const exchange = [
  ...['Get-ReceiveConnector', 'Get-ADPermission', 'Get-ExchangeCertificate', 'Get-TransportService'],
  ...['Get-FrontendTransportService', 'Get-ExchangeServer', 'Get-SendConnector', 'Get-AcceptedDomain'],
  ...['Get-RemoteDomain', 'Get-HybridConfiguration', 'Get-TransportConfig', 'Get-OrganizationConfig'],
  ...['Get-EdgeSubscription', 'Get-AuthConfig', 'Get-TransportRule', 'Get-InboundConnector', 'Get-OutboundConnector'],
  ...['Get-OnPremisesOrganization', 'Get-BlockedConnector', 'Get-HostedOutboundSpamFilterPolicy'],
]

/** Plain PowerShell: making values and writing files into the folder of the script. */
const plain = [
  ...['New-Object', 'New-Item', 'Remove-Item', 'Copy-Item', 'Get-ChildItem', 'Get-Command', 'Get-Date', 'Get-FileHash'],
  ...['Test-Path', 'Join-Path', 'Split-Path', 'Resolve-Path', 'Export-Clixml', 'ConvertTo-Json', 'Format-List'],
  ...['Out-String', 'Sort-Object', 'Where-Object', 'Add-Member', 'Add-Type', 'Write-Host'],
]

const members = [
  '[System.Globalization.CultureInfo]::InvariantCulture',
  '[System.IO.File]::WriteAllText',
  '[System.Threading.Thread]::CurrentThread',
  '[System.IO.Compression.ZipFile]::Open',
  '[System.IO.Compression.ZipArchiveMode]::Create',
  '[System.IO.Compression.ZipFileExtensions]::CreateEntryFromFile',
  ...['[regex]::Matches', '[regex]::Escape', '[math]::Floor', '[math]::Pow'],
]

describe('the collection script', () => {
  it('is read by a grammar of PowerShell, which sees mistakes', async () => {
    expect(syntaxErrors(tree)).toEqual([])
    for (const [right, wrong] of [
      ["$Mode = 'on-premises'\n", "$Mode = 'on-premises\n"],
      ['function Test-Known {\n', 'function Test-Known {{\n'],
      ['foreach ($item in $Value)', 'foreach ($item of $Value)'],
    ] as const) {
      expect(text).toContain(right)
      expect(syntaxErrors(await parsePowerShell(text.replace(right, wrong)))).not.toEqual([])
    }
  })

  it('calls Get- cmdlets of Exchange and plain PowerShell alone', async () => {
    const own = functionNames(tree)
    const called = new Set(commandNames(tree))
    const known = new Set([...exchange, ...plain, ...own, '$Script'])
    const strangers = (names: Iterable<string>) => [...names].filter((name) => !known.has(name))
    expect(strangers(called)).toEqual([])
    for (const line of ['Set-ReceiveConnector -Identity $Name', 'iex $Name', '& $Name', 'Start-Process cmd']) {
      const planted = await parsePowerShell(text.replace('    Write-Host $Name\n', `    ${line}\n`))
      expect(strangers(commandNames(planted))).toEqual([line.split(' ')[line.startsWith('&') ? 1 : 0]])
    }
    expect([...exchange, ...plain].filter((name) => !called.has(name))).toEqual([])
    for (const name of exchange) expect(name).toMatch(/^Get-/)
    expect(own.filter((name) => !called.has(name))).toEqual([])
  })

  it('uses no .NET but for values, text, the zip file and its folder', () => {
    expect([...new Set(staticMembers(tree))].sort()).toEqual([...members].sort())
    const made = [...code.matchAll(/-TypeName ([\w.]+)/g)].map((m) => m[1])
    expect([...new Set(made)].sort()).toEqual([
      ...['PSObject', 'System.Collections.ArrayList', 'System.Security.Cryptography.X509Certificates.X509Certificate2'],
      ...['System.Security.Principal.NTAccount', 'System.Text.UTF8Encoding'],
    ])
  })

  it('removes nothing but its own folder, and runs no text', () => {
    expect(code.match(/Remove-Item[^\n]*/g)).toEqual(['Remove-Item -LiteralPath $WorkFolder -Recurse'])
    expect(code).not.toMatch(
      /\b(?:iex|Invoke-\w+|Start-\w+|https?:|Net\.WebClient|Net\.Http|Send-\w+|ScriptBlock\]::)/i,
    )
    expect(code.match(/&\s*\$\w+/g)).toEqual(['& $Script', '& $Script', '& $Script'])
  })

  it('runs in Windows PowerShell 5.1 whatever its code page', () => {
    expect(text).toMatch(/^#requires -Version 5\.1$/m)
    expect([...text].filter((c) => c.charCodeAt(0) > 126 || (c < ' ' && c !== '\n'))).toEqual([])
    // Operators of PowerShell 7. A generic token is a bare word, an operator between commands a chain.
    const types = [...nodesOf(tree)].map((n) => n.type)
    expect(types).not.toContain('ternary_expression')
    expect(types.filter((t) => t === '&&' || t === '||' || t === '??' || t === '?.' || t === '??=')).toEqual([])
    expect(code.replace(/'[^'\n]*'|"[^"\n]*"/g, '')).not.toMatch(/\?\?|&&|\|\||\?\.|\s\?\s/)
    expect(code).not.toMatch(/ForEach-Object -Parallel|-AsUTC|ConvertFrom-Json -AsHashtable|Clean\s*\{/i)
  })

  it('collects what the rules need', () => {
    const collected = new Set(commandNames(tree))
    const needed = ruleCatalogue.flatMap((r) => r.needs).map((c) => cmdletOf[c])
    expect(needed.length).toBeGreaterThan(0)
    expect([...needed, ...Object.values(cmdletOf)].filter((cmdlet) => !collected.has(cmdlet))).toEqual([])
    const outbound = code.split('\n').filter((l) => l.includes('{ Get-OutboundConnector'))
    expect(outbound.map((l) => /\{ (.*) -ErrorAction/.exec(l)?.[1])).toEqual([
      'Get-OutboundConnector',
      'Get-OutboundConnector -IncludeTestModeConnectors $true',
      'Get-OutboundConnector -IsTransportRuleScoped $true',
    ])
    expect(code).toContain('$global:FormatEnumerationLimit = -1')
    expect(code).toContain("'2.5.29.37'")
  })

  it('stops at an error of each command, so that no half result looks whole', () => {
    const asked = [...nodesOf(tree)].filter((n) => {
      const name = n.type === 'command' ? n.children[0]?.text : undefined
      return name !== undefined && exchange.includes(name)
    })
    expect(asked.length).toBeGreaterThan(exchange.length)
    expect(asked.map((n) => n.text).filter((t) => !t.includes('-ErrorAction Stop'))).toEqual([])
  })

  it('explains itself', () => {
    const help = /<#[\s\S]*?#>/.exec(text)?.[0] ?? ''
    for (const section of ['SYNOPSIS', 'DESCRIPTION', 'EXAMPLE']) expect(help).toContain(`.${section}\n`)
    const declared = [...nodesOf(tree)].find((n) => n.type === 'param_block')?.text ?? ''
    const names = [...declared.matchAll(/^ {4}\[(?:string|switch|int)(?:\[\])?\] \$(\w+)/gm)].map((m) => m[1])
    expect(names).toEqual(['Server', 'Edge', 'ExchangeOnline', 'LogHours', 'Pseudonyms', 'OutputPath'])
    for (const name of names) expect(help).toContain(`.PARAMETER ${name}\n`)
  })

  it('is the one that the product shows', () => {
    expect(collectScript.text).toBe(text)
    expect(text).toContain(`$ScriptVersion = '${collectScript.version}'`)
  })
})
