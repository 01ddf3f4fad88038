export function violations(dir: string): string[]
export function valueImports(text: string): string[]
