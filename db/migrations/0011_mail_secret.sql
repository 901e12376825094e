CREATE TABLE "mail_secret" (
	"id" integer PRIMARY KEY DEFAULT 1 NOT NULL,
	"secret" text NOT NULL,
	CONSTRAINT "mail_secret_one_row" CHECK ("mail_secret"."id" = 1 and length("mail_secret"."secret") >= 64)
);
--> statement-breakpoint
-- 244 bits of the server's strong randomness, once for this database.
INSERT INTO "mail_secret" ("secret") VALUES (replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''));
