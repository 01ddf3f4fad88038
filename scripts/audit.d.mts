export function judge(text: string): { fails: boolean; lines: string[] }
