ALTER TABLE "connection" ADD COLUMN "turn_token_saved_by" text;--> statement-breakpoint
ALTER TABLE "connection" ADD COLUMN "turn_token_saved_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "connection" ADD COLUMN "turn_account_name" text;--> statement-breakpoint
ALTER TABLE "connection" ADD COLUMN "settings_changed_by" text;--> statement-breakpoint
ALTER TABLE "connection" ADD COLUMN "settings_changed_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "connection" ADD COLUMN "creating_webhook_until" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "connection" ADD COLUMN "last_ping_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "signature_token" ADD COLUMN "saved_by" text;--> statement-breakpoint
CREATE INDEX "background_check_newest" ON "background_check" USING btree ("connection_id","id");--> statement-breakpoint
ALTER TABLE "connection" DROP COLUMN "is_creating_webhook";