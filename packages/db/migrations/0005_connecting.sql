CREATE TABLE "authorization_request" (
	"id" text PRIMARY KEY NOT NULL,
	"state_hash" text NOT NULL,
	"session_id" text NOT NULL,
	"person_id" text NOT NULL,
	"account_id" text NOT NULL,
	"connection_id" text NOT NULL,
	"environment" text NOT NULL,
	"permissions" jsonb NOT NULL,
	"code_verifier_sealed" text NOT NULL,
	"return_to" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "connection" ADD COLUMN "authorization" jsonb;--> statement-breakpoint
ALTER TABLE "connection" ADD COLUMN "next_keep_alive_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "connection" ADD COLUMN "keep_alive_queued_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "authorization_request" ADD CONSTRAINT "authorization_request_session_id_session_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."session"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "authorization_request" ADD CONSTRAINT "authorization_request_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "authorization_request" ADD CONSTRAINT "authorization_request_connection_id_connection_id_fk" FOREIGN KEY ("connection_id") REFERENCES "public"."connection"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "authorization_request_state_unique" ON "authorization_request" USING btree ("state_hash");--> statement-breakpoint
CREATE INDEX "authorization_request_session" ON "authorization_request" USING btree ("session_id");--> statement-breakpoint
CREATE UNIQUE INDEX "connection_one_per_account" ON "connection" USING btree ("account_id") WHERE disconnected_at is null;--> statement-breakpoint
CREATE INDEX "connection_keep_alive" ON "connection" USING btree ("next_keep_alive_at") WHERE next_keep_alive_at is not null;--> statement-breakpoint
UPDATE "connection" SET "next_keep_alive_at" = now() + interval '1 day' WHERE "disconnected_at" IS NULL;
