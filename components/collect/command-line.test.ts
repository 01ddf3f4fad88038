import { describe, expect, it } from 'vitest'
import { commandLine, hoursOf, noWishes, wishesOf } from './command-line'

describe('the line that starts the collection script', () => {
  it('is short by default', () => {
    expect(commandLine('on-premises', noWishes)).toBe('.\\Collect-Postern.ps1')
    expect(commandLine('edge', noWishes)).toBe('.\\Collect-Postern.ps1 -Edge')
    expect(commandLine('exchange-online', noWishes)).toBe('.\\Collect-Postern.ps1 -ExchangeOnline')
  })
  it('has what was asked for, where it applies', () => {
    const wishes = { servers: 'EX01, ex02;EX01\nEX03', hours: 24, pseudonyms: false, output: 'D:\\Audit' }
    expect(commandLine('on-premises', wishes)).toBe(
      '.\\Collect-Postern.ps1 -Server EX01, ex02, EX03 -LogHours 24 -OutputPath D:\\Audit',
    )
    expect(commandLine('edge', wishes)).toBe('.\\Collect-Postern.ps1 -Edge -LogHours 24 -OutputPath D:\\Audit')
    expect(commandLine('exchange-online', wishes)).toBe('.\\Collect-Postern.ps1 -ExchangeOnline -OutputPath D:\\Audit')
  })
  it('leaves logs out with pseudonyms: the script refuses both together', () => {
    expect(commandLine('on-premises', { ...noWishes, hours: 24, pseudonyms: true })).toBe(
      '.\\Collect-Postern.ps1 -Pseudonyms',
    )
  })
  it('lets nothing out of its quotes', () => {
    const evil = "EX01'x\u2019;Remove-Item"
    expect(commandLine('on-premises', { ...noWishes, servers: evil })).toContain(
      "-Server 'EX01''x\u2019\u2019', Remove",
    )
    expect(commandLine('edge', { ...noWishes, output: '$(calc) | x' })).toContain("-OutputPath '$(calc) | x'")
    expect(commandLine('edge', { ...noWishes, output: '-Edge' })).toContain("-OutputPath '-Edge'")
  })
  it('takes hours as numbers up to a month', () => {
    expect(['24', ' 8 ', '', 'x', '-3', '1e3', '9999'].map(hoursOf)).toEqual([24, 8, 0, 0, 0, 0, 720])
  })
  it('is read from an address', () => {
    expect(wishesOf({ servers: 'EX01', hours: '12', pseudonyms: '1', output: ['a', 'b'] })).toEqual({
      servers: 'EX01',
      hours: 12,
      pseudonyms: true,
      output: '',
    })
  })
})
