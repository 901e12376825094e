export const CHROMIUM_ARGS: string[];
export function findChromium(): Promise<string | null>;
export function isDebianRoot(): boolean;
export function run(command: string, args: string[]): Promise<boolean>;
