export type KillResult = { faults: string[]; uploads: number; analyses: number; interrupted: number }
export function killRounds(rounds: number, log?: (line: string) => void): Promise<KillResult>
