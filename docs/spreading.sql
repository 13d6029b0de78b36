-- Prepares headquarters' tables for being spread over several machines by Citus (docs/beyond-one-machine.md).
-- Run it once, while no program has the store open. Without the last part it does no harm on one machine.

-- Citus wants the column that a table is spread by in every unique key. The journal is spread by the record that an
-- operation is about; an operation belongs to one record for ever, so that a key stays one when the record joins it.
ALTER TABLE operation DROP CONSTRAINT pk_operation, DROP CONSTRAINT uq_operation_uid, ADD PRIMARY KEY (entity, id),
    ADD CONSTRAINT uq_operation_entity_uid UNIQUE (entity, uid);
CREATE INDEX ix_operation_uid ON operation (uid);
ALTER TABLE head DROP CONSTRAINT pk_head, ADD PRIMARY KEY (entity, operation);
ALTER TABLE edge DROP CONSTRAINT pk_edge, ADD PRIMARY KEY (entity, parent, child);
CREATE INDEX ix_edge_parent ON edge (parent, child);

-- Records are spread by their uid. References between them cannot be kept by the server then; the journal keeps them,
-- for an operation takes part only when every record that it names is here, and "gemba check" proves it.
DO $$
DECLARE
    one record;
BEGIN
    FOR one IN SELECT conrelid::regclass AS its_table, conname FROM pg_constraint
        WHERE contype = 'f' AND connamespace = current_schema()::regnamespace
    LOOP
        EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', one.its_table, one.conname);
    END LOOP;
    FOR one IN SELECT table_name AS its_table FROM information_schema.columns
        WHERE table_schema = current_schema() AND column_name = 'uid' AND table_name IN
            ('assessment', 'answer', 'evidence', 'finding', 'action', 'conclusion', 'report', 'draft_migration',
             'settlement', 'complaint', 'complaint_lot', 'clock_pause', 'cause_analysis', 'cluster_decision', 'measure_value', 'suggestion',
              'signal', 'go_and_see', 'discrepancy', 'survey', 'register_entry', 'pin',
             'decision', 'escalation', 'escalation_step', 'sample_item', 'judgement', 'agreed_verdict', 'auditee_response', 'calibration_rating',
             'effect_check', 'commitment', 'observation', 'time_element', 'time_reading', 'meeting', 'transfer')
    LOOP
        EXECUTE format('ALTER TABLE %I DROP CONSTRAINT %I, ADD PRIMARY KEY (uid, id)', one.its_table, 'pk_' || one.its_table);
        EXECUTE format('CREATE INDEX ON %I (id)', one.its_table);
    END LOOP;
END
$$;

-- On the coordinator of a Citus cluster, from here on:
SELECT create_distributed_table('operation', 'entity');
SELECT create_distributed_table('edge', 'entity', colocate_with => 'operation');
SELECT create_distributed_table('head', 'entity', colocate_with => 'operation');
SELECT create_distributed_table('conflict', 'entity', colocate_with => 'operation');
SELECT create_distributed_table('assessment', 'uid', colocate_with => 'operation');
SELECT create_distributed_table('answer', 'uid', colocate_with => 'operation');
SELECT create_distributed_table('evidence', 'uid', colocate_with => 'operation');
SELECT create_distributed_table('finding', 'uid', colocate_with => 'operation');
SELECT create_distributed_table('action', 'uid', colocate_with => 'operation');
SELECT create_distributed_table('conclusion', 'uid', colocate_with => 'operation');
SELECT create_distributed_table('report', 'uid', colocate_with => 'operation');
SELECT create_distributed_table('draft_migration', 'uid', colocate_with => 'operation');
SELECT create_distributed_table('settlement', 'uid', colocate_with => 'operation');
SELECT create_distributed_table('complaint', 'uid', colocate_with => 'operation');
SELECT create_distributed_table('complaint_lot', 'uid', colocate_with => 'operation');
SELECT create_distributed_table('clock_pause', 'uid', colocate_with => 'operation');
SELECT create_distributed_table('cause_analysis', 'uid', colocate_with => 'operation');
SELECT create_distributed_table('cluster_decision', 'uid', colocate_with => 'operation');
SELECT create_distributed_table('measure_value', 'uid', colocate_with => 'operation');
SELECT create_distributed_table('suggestion', 'uid', colocate_with => 'operation');
SELECT create_distributed_table('signal', 'uid', colocate_with => 'operation');
SELECT create_distributed_table('go_and_see', 'uid', colocate_with => 'operation');
SELECT create_distributed_table('discrepancy', 'uid', colocate_with => 'operation');
SELECT create_distributed_table('survey', 'uid', colocate_with => 'operation');
SELECT create_distributed_table('register_entry', 'uid', colocate_with => 'operation');
SELECT create_distributed_table('pin', 'uid', colocate_with => 'operation');
SELECT create_distributed_table('decision', 'uid', colocate_with => 'operation');
SELECT create_distributed_table('escalation', 'uid', colocate_with => 'operation');
SELECT create_distributed_table('escalation_step', 'uid', colocate_with => 'operation');
SELECT create_distributed_table('sample_item', 'uid', colocate_with => 'operation');
SELECT create_distributed_table('judgement', 'uid', colocate_with => 'operation');
SELECT create_distributed_table('agreed_verdict', 'uid', colocate_with => 'operation');
SELECT create_distributed_table('auditee_response', 'uid', colocate_with => 'operation');
SELECT create_distributed_table('calibration_rating', 'uid', colocate_with => 'operation');
SELECT create_distributed_table('effect_check', 'uid', colocate_with => 'operation');
SELECT create_distributed_table('commitment', 'uid', colocate_with => 'operation');
SELECT create_distributed_table('observation', 'uid', colocate_with => 'operation');
SELECT create_distributed_table('time_element', 'uid', colocate_with => 'operation');
SELECT create_distributed_table('time_reading', 'uid', colocate_with => 'operation');
SELECT create_distributed_table('meeting', 'uid', colocate_with => 'operation');
SELECT create_distributed_table('transfer', 'uid', colocate_with => 'operation');
SELECT create_reference_table('place');
SELECT create_reference_table('person');
SELECT create_reference_table('template');
SELECT create_reference_table('bank_item');
SELECT create_reference_table('erasure');
SELECT create_reference_table('vocabulary');
SELECT create_reference_table('intake');
SELECT create_reference_table('clock_target');
SELECT create_reference_table('complaint_review');
SELECT create_reference_table('measure');
SELECT create_reference_table('frozen_baseline');
SELECT create_reference_table('retention_rule');
SELECT create_reference_table('disclosure');
SELECT create_reference_table('process_map');
SELECT create_reference_table('process_step');
SELECT create_reference_table('risk');
SELECT create_reference_table('goal');
SELECT create_reference_table('requirement');
SELECT create_reference_table('service_level');
SELECT create_reference_table('boundary');
SELECT create_reference_table('escalation_tier');
SELECT create_reference_table('programme');
SELECT create_reference_table('schedule');
SELECT create_reference_table('audit');
SELECT create_reference_table('sample');
SELECT create_reference_table('calibration_session');
SELECT create_reference_table('rotation');
SELECT create_reference_table('time_study');
SELECT create_reference_table('route');
SELECT create_reference_table('route_stop');
SELECT create_reference_table('governance_body');
SELECT create_reference_table('body_member');
SELECT create_reference_table('pattern');
SELECT create_reference_table('signer');
SELECT create_reference_table('waiting');
