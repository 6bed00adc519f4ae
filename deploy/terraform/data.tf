# The database, the cache, and the buckets.

resource "aws_db_subnet_group" "main" {
  name_prefix = "complianceai-"
  subnet_ids  = aws_subnet.private[*].id
}

resource "aws_db_parameter_group" "main" {
  name_prefix = "complianceai-"
  family      = "postgres17"

  parameter {
    name  = "rds.force_ssl"
    value = "1"
  }

  # What waits on an abandoned transaction would wait for ever.
  parameter {
    name  = "idle_in_transaction_session_timeout"
    value = "300000"
  }

  lifecycle { create_before_destroy = true }
}

resource "aws_db_instance" "main" {
  identifier                   = "complianceai"
  engine                       = "postgres"
  engine_version               = "17"
  instance_class               = var.database_class
  allocated_storage            = var.database_gigabytes
  max_allocated_storage        = var.database_gigabytes * 10
  storage_type                 = "gp3"
  storage_encrypted            = true
  multi_az                     = var.database_multi_az
  db_name                      = "complianceai"
  username                     = "complianceai"
  password_wo                  = ephemeral.aws_secretsmanager_secret_version.database_password.secret_string
  password_wo_version          = var.database_password_version
  db_subnet_group_name         = aws_db_subnet_group.main.name
  parameter_group_name         = aws_db_parameter_group.main.name
  vpc_security_group_ids       = [aws_security_group.data.id]
  publicly_accessible          = false
  backup_retention_period      = var.backup_days
  backup_window                = "21:30-22:30"
  maintenance_window           = "sun:22:30-sun:23:30"
  copy_tags_to_snapshot        = true
  deletion_protection          = var.deletion_protection
  skip_final_snapshot          = false
  final_snapshot_identifier    = "complianceai-last"
  performance_insights_enabled = true
}

resource "aws_elasticache_subnet_group" "main" {
  name       = "complianceai"
  subnet_ids = aws_subnet.private[*].id
}

resource "aws_elasticache_parameter_group" "main" {
  name   = "complianceai"
  family = "valkey8"

  # Counts and caches: the oldest goes where there is no room.
  parameter {
    name  = "maxmemory-policy"
    value = "allkeys-lru"
  }
}

resource "aws_elasticache_replication_group" "main" {
  replication_group_id       = "complianceai"
  description                = "Counts and caches of ComplianceAI; nothing is lost with it"
  engine                     = "valkey"
  engine_version             = "8.0"
  node_type                  = var.cache_class
  num_cache_clusters         = var.cache_machines
  automatic_failover_enabled = var.cache_machines > 1
  multi_az_enabled           = var.cache_machines > 1
  parameter_group_name       = aws_elasticache_parameter_group.main.name
  subnet_group_name          = aws_elasticache_subnet_group.main.name
  security_group_ids         = [aws_security_group.data.id]
  at_rest_encryption_enabled = true
  transit_encryption_enabled = true
}
