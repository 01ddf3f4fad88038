import type { ChildProcess, StdioOptions } from 'node:child_process'

export const host: string
export function addressOf(port: number): string
export function serve(port: number, env: Readonly<Record<string, string>>, stdio: StdioOptions): ChildProcess
export function whenReady(child: ChildProcess, port: number): Promise<boolean>
export function probePort(port: number): Promise<number>
