CREATE TABLE "log_checkpoints" (
	"size" bigint PRIMARY KEY NOT NULL,
	"note" text NOT NULL,
	"signed_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "log_keys" (
	"vkey" text PRIMARY KEY NOT NULL,
	"since" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "log_leaves" (
	"index" bigint PRIMARY KEY NOT NULL,
	"entry_id" bigint,
	"data" "bytea" NOT NULL,
	"hash" "bytea" NOT NULL,
	CONSTRAINT "log_leaves_entry" UNIQUE("entry_id"),
	CONSTRAINT "log_leaves_index" CHECK ("log_leaves"."index" >= 0),
	CONSTRAINT "log_leaves_data" CHECK (octet_length("log_leaves"."data") BETWEEN 1 AND 65535),
	CONSTRAINT "log_leaves_hash" CHECK (octet_length("log_leaves"."hash") = 32)
);
--> statement-breakpoint
CREATE TABLE "log_links" (
	"person" uuid NOT NULL,
	"n" integer NOT NULL,
	"leaf_index" bigint NOT NULL,
	"head" "bytea" NOT NULL,
	CONSTRAINT "log_links_person_n_pk" PRIMARY KEY("person","n"),
	CONSTRAINT "log_links_leaf" UNIQUE("leaf_index","person"),
	CONSTRAINT "log_links_n" CHECK ("log_links"."n" >= 1),
	CONSTRAINT "log_links_head" CHECK (octet_length("log_links"."head") = 32)
);
--> statement-breakpoint
CREATE TABLE "log_state" (
	"one" integer PRIMARY KEY DEFAULT 1 NOT NULL,
	"size" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "log_state_one" CHECK ("log_state"."one" = 1)
);
--> statement-breakpoint
CREATE TABLE "log_tile_hashes" (
	"level" integer NOT NULL,
	"index" bigint NOT NULL,
	"hash" "bytea" NOT NULL,
	CONSTRAINT "log_tile_hashes_level_index_pk" PRIMARY KEY("level","index"),
	CONSTRAINT "log_tile_hashes_level" CHECK ("log_tile_hashes"."level" BETWEEN 1 AND 6),
	CONSTRAINT "log_tile_hashes_hash" CHECK (octet_length("log_tile_hashes"."hash") = 32)
);
--> statement-breakpoint
CREATE TABLE "log_trees" (
	"size" bigint PRIMARY KEY NOT NULL,
	"root" "bytea" NOT NULL,
	"made_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "log_trees_size" CHECK ("log_trees"."size" >= 1),
	CONSTRAINT "log_trees_root" CHECK (octet_length("log_trees"."root") = 32)
);
--> statement-breakpoint
ALTER TABLE "log_checkpoints" ADD CONSTRAINT "log_checkpoints_tree" FOREIGN KEY ("size") REFERENCES "public"."log_trees"("size") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "log_links" ADD CONSTRAINT "log_links_leaf_index_log_leaves_index_fk" FOREIGN KEY ("leaf_index") REFERENCES "public"."log_leaves"("index") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "log_checkpoints_signed_at" ON "log_checkpoints" USING btree ("signed_at");--> statement-breakpoint
INSERT INTO log_state DEFAULT VALUES;--> statement-breakpoint
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['log_leaves', 'log_links', 'log_tile_hashes', 'log_trees', 'log_checkpoints', 'log_keys'] LOOP
    EXECUTE format('CREATE TRIGGER %I BEFORE UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION refuse_change()', t || '_no_change', t);
    EXECUTE format('CREATE TRIGGER %I BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', t || '_no_truncate', t);
  END LOOP;
END $$;
