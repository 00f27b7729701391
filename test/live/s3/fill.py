"""Fills a moto server as a person would by boto3, and prints the keys of the one user that it then knows.

fill.py URL FOLDER [NAME ...]: the folders FOLDER/NAME go to s3://live/NAME; s3://many gets more keys than a list holds, and odd ones.
"""

import json
import os
import sys

import boto3

url, folder, *names = sys.argv[1:]
# The first three questions are asked by nobody in particular; after them the server checks signatures and permissions.
iam = boto3.client("iam", endpoint_url=url, region_name="us-east-1", aws_access_key_id="nobody", aws_secret_access_key="nobody")
iam.create_user(UserName="reader")
policy = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}]}
iam.put_user_policy(UserName="reader", PolicyName="all", PolicyDocument=json.dumps(policy))
made = iam.create_access_key(UserName="reader")["AccessKey"]

s3 = boto3.client("s3", endpoint_url=url, region_name="us-east-1", aws_access_key_id=made["AccessKeyId"], aws_secret_access_key=made["SecretAccessKey"])
s3.create_bucket(Bucket="live")
objects = 0
for name in names:
    for base, _, files in os.walk(os.path.join(folder, name)):
        for file in files:
            path = os.path.join(base, file)
            s3.upload_file(path, "live", os.path.relpath(path, folder).replace(os.sep, "/"))
            objects += 1

s3.create_bucket(Bucket="many")
for at in range(2100):
    s3.put_object(Bucket="many", Key=f"notes/{at:05d}.md", Body=b"x")
odd = ["a b+c&d=e/metrics.csv", "ünï ✓/metrics.csv", "per%2Fcent/metrics.csv", "tilde~(1)!*'/metrics.csv", "control\u0001/metrics.csv"]
for at, key in enumerate(odd):
    s3.put_object(Bucket="many", Key=f"runs/{key}", Body=f"step,loss\n0,1\n1,0.{at + 1}\n".encode())

print(json.dumps({"id": made["AccessKeyId"], "secret": made["SecretAccessKey"], "objects": objects}))
