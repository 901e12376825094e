import { z } from "zod";

// Zod compiles validators with `new Function` by default, which a strict Content-Security-Policy refuses.
z.config({ jitless: true });

export { z };
