export const admin: { name: string; email: string; password: string }
export function claimServer(base: string, dataDir: string): Promise<string>
