CREATE TABLE "account" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "background_check" (
	"id" text PRIMARY KEY NOT NULL,
	"account_id" text NOT NULL,
	"connection_id" text NOT NULL,
	"environment" text NOT NULL,
	"lever_account_id" text NOT NULL,
	"opportunity_id" text NOT NULL,
	"contact_id" text,
	"order_number" integer NOT NULL,
	"reference_id" text NOT NULL,
	"display_name" text,
	"package_id" text,
	"invalid_tags" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"delivery_id" text,
	"correlation_id" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"phase" text NOT NULL,
	"hold_reason" text,
	"hold_details" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"held_since" timestamp with time zone,
	"ready_at" timestamp with time zone,
	"sending_at" timestamp with time zone,
	"ordered_at" timestamp with time zone,
	"dismissed_at" timestamp with time zone,
	"look_ups" integer DEFAULT 0 NOT NULL,
	"worker_id" text,
	"turn_id" text,
	"status" jsonb,
	"report_url" text,
	"shown" jsonb NOT NULL,
	"write_back_stop" text,
	"next_sync_at" timestamp with time zone,
	"failures" integer DEFAULT 0 NOT NULL,
	"wake_count" integer DEFAULT 0 NOT NULL,
	"lease" text,
	"lease_until" timestamp with time zone,
	"lease_wake_count" integer,
	"queued_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "connection" (
	"id" text PRIMARY KEY NOT NULL,
	"account_id" text NOT NULL,
	"environment" text NOT NULL,
	"lever_account_id" text NOT NULL,
	"lever_key_hash" text NOT NULL,
	"turn_key_hash" text NOT NULL,
	"lever_key_sealed" text NOT NULL,
	"turn_key_sealed" text NOT NULL,
	"turn_token_sealed" text,
	"access_token_sealed" text,
	"refresh_token_sealed" text,
	"expires_at" timestamp with time zone,
	"issued_at" timestamp with time zone,
	"version" integer DEFAULT 0 NOT NULL,
	"refresh_lease" text,
	"refresh_lease_until" timestamp with time zone,
	"settings" jsonb NOT NULL,
	"settings_revision" integer DEFAULT 1 NOT NULL,
	"trigger_stage" jsonb NOT NULL,
	"ordering_since" timestamp with time zone NOT NULL,
	"paused_at" timestamp with time zone,
	"disconnected_at" timestamp with time zone,
	"lever_health" text DEFAULT 'working' NOT NULL,
	"turn_health" text DEFAULT 'working' NOT NULL,
	"packages" jsonb,
	"packages_read_at" timestamp with time zone,
	"turn_webhook_seen_at" timestamp with time zone,
	"is_creating_webhook" boolean DEFAULT false NOT NULL,
	"pings" integer DEFAULT 0 NOT NULL,
	"refused" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"next_sweep_at" timestamp with time zone DEFAULT now(),
	"sweep_queued_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "delivery" (
	"id" text PRIMARY KEY NOT NULL,
	"connection_id" text NOT NULL,
	"source" text NOT NULL,
	"key" text NOT NULL,
	"content_digest" text NOT NULL,
	"event" text NOT NULL,
	"opportunity_id" text,
	"contact_id" text,
	"to_stage_id" text,
	"triggered_at" timestamp with time zone NOT NULL,
	"received_at" timestamp with time zone NOT NULL,
	"correlation_id" text NOT NULL,
	"waivers" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"found_together" integer DEFAULT 1 NOT NULL,
	"count" integer DEFAULT 1 NOT NULL,
	"state" text NOT NULL,
	"due_at" timestamp with time zone,
	"attempts" integer DEFAULT 0 NOT NULL,
	"lease" text,
	"lease_until" timestamp with time zone,
	"queued_at" timestamp with time zone,
	"reason" text,
	"settled_at" timestamp with time zone,
	"check_id" text,
	"entered_at" timestamp with time zone,
	"trail" jsonb DEFAULT '[]'::jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "incident" (
	"id" text PRIMARY KEY NOT NULL,
	"connection_id" text NOT NULL,
	"kind" text NOT NULL,
	"subject" text NOT NULL,
	"raised_at" timestamp with time zone DEFAULT now() NOT NULL,
	"resolved_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "membership" (
	"id" text PRIMARY KEY NOT NULL,
	"account_id" text NOT NULL,
	"email" text NOT NULL,
	"role" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "refusal_sample" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "refusal_sample_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"connection_id" text NOT NULL,
	"reason" text NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "signature_token" (
	"id" text PRIMARY KEY NOT NULL,
	"connection_id" text NOT NULL,
	"sealed" text NOT NULL,
	"origin" text NOT NULL,
	"lever_webhook_id" text,
	"valid_until" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "vendor_call" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "vendor_call_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"connection_id" text NOT NULL,
	"correlation_id" text NOT NULL,
	"vendor" text NOT NULL,
	"method" text NOT NULL,
	"path" text NOT NULL,
	"status" integer,
	"ms" integer NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "background_check" ADD CONSTRAINT "background_check_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "background_check" ADD CONSTRAINT "background_check_connection_id_connection_id_fk" FOREIGN KEY ("connection_id") REFERENCES "public"."connection"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "connection" ADD CONSTRAINT "connection_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "incident" ADD CONSTRAINT "incident_connection_id_connection_id_fk" FOREIGN KEY ("connection_id") REFERENCES "public"."connection"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "membership" ADD CONSTRAINT "membership_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "refusal_sample" ADD CONSTRAINT "refusal_sample_connection_id_connection_id_fk" FOREIGN KEY ("connection_id") REFERENCES "public"."connection"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "signature_token" ADD CONSTRAINT "signature_token_connection_id_connection_id_fk" FOREIGN KEY ("connection_id") REFERENCES "public"."connection"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "vendor_call" ADD CONSTRAINT "vendor_call_connection_id_connection_id_fk" FOREIGN KEY ("connection_id") REFERENCES "public"."connection"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "background_check_order_unique" ON "background_check" USING btree ("environment","lever_account_id","opportunity_id","order_number");--> statement-breakpoint
CREATE INDEX "background_check_opportunity" ON "background_check" USING btree ("connection_id","opportunity_id","order_number");--> statement-breakpoint
CREATE INDEX "background_check_worker" ON "background_check" USING btree ("connection_id","worker_id");--> statement-breakpoint
CREATE INDEX "background_check_contact" ON "background_check" USING btree ("connection_id","contact_id");--> statement-breakpoint
CREATE INDEX "background_check_ready" ON "background_check" USING btree ("connection_id","ready_at");--> statement-breakpoint
CREATE INDEX "background_check_held" ON "background_check" USING btree ("connection_id","held_since") WHERE phase = 'held';--> statement-breakpoint
CREATE INDEX "background_check_due" ON "background_check" USING btree ("next_sync_at") WHERE next_sync_at is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "connection_lever_key_unique" ON "connection" USING btree ("lever_key_hash");--> statement-breakpoint
CREATE UNIQUE INDEX "connection_turn_key_unique" ON "connection" USING btree ("turn_key_hash");--> statement-breakpoint
CREATE UNIQUE INDEX "connection_lever_account_unique" ON "connection" USING btree ("environment","lever_account_id") WHERE disconnected_at is null;--> statement-breakpoint
CREATE INDEX "connection_account" ON "connection" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "connection_due" ON "connection" USING btree ("next_sweep_at") WHERE next_sweep_at is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "delivery_repeat_unique" ON "delivery" USING btree ("connection_id","key","content_digest");--> statement-breakpoint
CREATE INDEX "delivery_due" ON "delivery" USING btree ("due_at") WHERE state = 'due';--> statement-breakpoint
CREATE INDEX "delivery_opportunity" ON "delivery" USING btree ("connection_id","opportunity_id");--> statement-breakpoint
CREATE INDEX "delivery_newest" ON "delivery" USING btree ("connection_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "incident_open_unique" ON "incident" USING btree ("connection_id","kind","subject") WHERE resolved_at is null;--> statement-breakpoint
CREATE INDEX "incident_newest" ON "incident" USING btree ("connection_id","raised_at");--> statement-breakpoint
CREATE UNIQUE INDEX "membership_person_unique" ON "membership" USING btree ("account_id","email");--> statement-breakpoint
CREATE INDEX "membership_email" ON "membership" USING btree ("email");--> statement-breakpoint
CREATE INDEX "refusal_sample_newest" ON "refusal_sample" USING btree ("connection_id","id");--> statement-breakpoint
CREATE INDEX "signature_token_connection" ON "signature_token" USING btree ("connection_id");--> statement-breakpoint
CREATE INDEX "vendor_call_correlation" ON "vendor_call" USING btree ("connection_id","correlation_id","id");