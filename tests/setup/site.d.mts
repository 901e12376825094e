export function startDemoSite(options?: {
  quiet?: boolean;
}): Promise<{ base: string; stop(): Promise<void> }>;
export function withDemoSite<T>(work: (base: string) => Promise<T>): Promise<T>;
