"""Where one machine is not enough: stays of a synthetic population as a DataFrame of Spark, decided in order within each member.

    python examples/python/05_spark.py            needs pyspark, pandas, pyarrow and Java 17; two threads of this machine
"""

import os
import sys

import huzhu
from huzhu import spark
from pyspark.sql import SparkSession
from pyspark.sql import functions as F

os.environ["PYSPARK_PYTHON"] = sys.executable
session = (
    SparkSession.builder.master("local[2]")
    .appName("huzhu")
    .config("spark.ui.enabled", "false")
    .config("spark.driver.bindAddress", "127.0.0.1")
    .config("spark.driver.host", "127.0.0.1")
    .config("spark.sql.shuffle.partitions", "4")
    .getOrCreate()
)
session.sparkContext.setLogLevel("ERROR")

rules = huzhu.load("beijing")
people = huzhu.population(n=50_000, seed=1)
stays = people.events["inpatient-allowance"].to_pandas()
claims = session.createDataFrame(stays[["member", "cover", "cover_start", "cover_end", "admitted", "discharged", "hospital_level", "cause"]])

# Under the rules as they are, and with 60 yuan a day. The rules travel with the task, by content.
for name, settings in {"as it is": {}, "60 a day": {"inpatient-allowance.daily_amount": 60}}.items():
    plan = rules.under(settings)["inpatient-allowance"] if settings else rules["inpatient-allowance"]
    answers = spark.evaluate_frame(plan, claims, counters="carried", order=["admitted", "discharged"], columns=["outcome", "total"])
    paid = answers.where("outcome = 'paid'").agg(F.count("*").alias("stays"), F.sum("total").alias("yuan")).first()
    print(f"{name}: {paid.stays:,} stays, {paid.yuan:,} yuan")

session.stop()
