output "balancer" {
  description = "Point the host's name here (a CNAME, or an alias with this zone)."
  value       = { name = aws_lb.main.dns_name, zone = aws_lb.main.zone_id }
}

output "repository" {
  description = "Where images go."
  value       = aws_ecr_repository.main.repository_url
}

output "github_variables" {
  description = "What the workflow wants as variables of the repository."
  value = {
    AWS_REGION      = var.region
    AWS_DEPLOY_ROLE = one(aws_iam_role.github[*].arn)
    ECS_CLUSTER     = aws_ecs_cluster.main.name
    HEALTH_URL      = "https://${var.host}/api/health/ready"
  }
}

output "secrets" {
  description = "The ARN of each secret that was made here. Keep a copy of SECRET_KEY elsewhere: no backup holds it."
  value       = { for name, secret in aws_secretsmanager_secret.made : name => secret.arn }
}

output "buckets" {
  description = "The buckets of files and of backups."
  value       = { for name, bucket in aws_s3_bucket.kept : name => bucket.id }
}
